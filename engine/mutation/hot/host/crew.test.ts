import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { ScriptedWorkers } from '../../../../test/support/scripted-workers.ts';
import { Crew, type Slot, type Task } from './crew.ts';
import type { Worker } from './worker-port.ts';

const MIB = 2 ** 20;
const FILE = { file: 'f', group: 'one' };
const OTHER = { file: 'g', group: 'two' };

describe('the file that a slot works on next', () => {
  const files = new Map([FILE, OTHER, { file: 'h', group: 'two' }].map((file) => [file.file, file]));
  const worker = (group: string) => ({ group }) as Worker;

  /** The slot, the files with work, and the one that is chosen. */
  const CASES: Record<string, [slot: Partial<Slot>, waiting: string[], chosen: string | undefined]> = {
    'the first where there is no worker': [{}, ['f', 'g'], 'f'],
    'none where no work is': [{ worker: worker('one') }, [], undefined],
    'the one that is open': [{ worker: worker('one'), open: 'g' }, ['f', 'g'], 'g'],
    'the one that ran last': [{ worker: worker('one'), at: 'g' }, ['f', 'g'], 'g'],
    'the open one rather than the last': [{ worker: worker('one'), open: 'g', at: 'f' }, ['f', 'g'], 'g'],
    'one that the worker can run': [{ worker: worker('two'), open: 'x' }, ['f', 'g'], 'g'],
    'the first of those that the worker can run': [{ worker: worker('two') }, ['f', 'h', 'g'], 'h'],
    'any where the worker can run none': [{ worker: worker('three') }, ['f', 'g'], 'f'],
  };
  for (const [title, [slot, waiting, chosen]] of Object.entries(CASES)) {
    it(title, () => assert.equal(new Crew(new ScriptedWorkers({}), 2, 0, []).choose({ used: false, ...slot }, waiting, files)?.file, chosen));
  }

  it('is one at which no other is, as long as there is one', async () => {
    const crew = new Crew(new ScriptedWorkers({}), 3, 0, []);
    const chosen: (string | undefined)[] = [];
    const waiting = ['f', 'g'];
    await crew.workOff((slot) => {
      if (chosen.length === 3) return undefined;
      chosen.push(crew.choose(slot, waiting, files)?.file);
      return () => turn();
    });
    assert.deepEqual(chosen, ['f', 'g', 'f']);
  });
});

describe('files that only one slot may run', () => {
  const files = new Map([FILE, OTHER].map((file) => [file.file, file]));

  it('come first there, and never come at another one', async () => {
    const crew = new Crew(new ScriptedWorkers({}), 2, 0, []);
    crew.pin(['g']);
    const slots = new Set<Slot>();
    const chosen: (string | undefined)[] = [];
    await crew.workOff((slot) => {
      if (slots.has(slot)) return undefined;
      slots.add(slot);
      chosen.push(crew.choose(slot, ['f', 'g'], files)?.file, crew.choose(slot, ['g'], files)?.file);
      return () => turn();
    });
    assert.deepEqual(chosen, ['g', 'g', 'f', undefined]);
    assert.deepEqual(
      [...slots].map((slot) => [crew.mayRun(slot, 'f'), crew.mayRun(slot, 'g')]),
      [
        [true, true],
        [true, false],
      ],
    );
  });

  it('find no other worker that may hold what they take', async () => {
    const workers = new ScriptedWorkers({});
    const crew = new Crew(workers, 2, 0, [await workers.start(FILE), await workers.start(FILE)]);
    crew.pin([]);
    const ended = () => workers.started.map(({ ended }) => ended);
    assert.deepEqual(ended(), [false, false]);
    crew.pin(['f']);
    assert.deepEqual(ended(), [false, true]);
  });
});

describe('files that one slot may run at a time', () => {
  const files = new Map([FILE, OTHER].map((file) => [file.file, file]));

  it('come at any that has none of them', async () => {
    const crew = new Crew(new ScriptedWorkers({}), 2, 0, []);
    crew.keepSingle(['f', 'g']);
    const slots = new Set<Slot>();
    const chosen: (string | undefined)[] = [];
    await crew.workOff((slot) => {
      if (slots.has(slot)) return undefined;
      slots.add(slot);
      chosen.push(crew.choose(slot, ['f', 'g'], files)?.file);
      return () => turn();
    });
    const [one, two] = [...slots] as [Slot, Slot];
    chosen.push(crew.choose(two, ['f'], files)?.file, crew.choose(one, ['f'], files)?.file);
    crew.choose(one, ['x'], new Map([['x', { file: 'x', group: 'one' }]]));
    chosen.push(crew.choose(two, ['f'], files)?.file);
    assert.deepEqual(chosen, ['f', 'g', undefined, 'f', 'f']);
  });

  it('come at another one only when the task is over that closes them', async () => {
    const crew = new Crew(new ScriptedWorkers({}), 2, 0, []);
    crew.keepSingle(['f']);
    const seen: (string | undefined)[] = [];
    const tasks: string[] = ['f', 'g', 'g'];
    let first: Slot | undefined;
    await crew.workOff((slot) => {
      first ??= slot;
      const name = slot === first ? tasks.shift() : undefined;
      if (name === undefined) return undefined;
      crew.choose(slot, [name], files);
      return async () => {
        slot.open = name;
        await turn();
        seen.push(crew.choose({ used: false }, ['f'], files)?.file);
      };
    });
    assert.deepEqual(seen, [undefined, undefined, 'f']);
  });

  it('are not kept from the one slot that is left by those that are not', async () => {
    const crew = new Crew(new ScriptedWorkers({}), 2, 0, []);
    crew.keepSingle(['f']);
    const waiting = ['g', 'f'];
    const chosen: (string | undefined)[] = [];
    const next = (slot: Slot): Task | undefined => {
      if (waiting.length === 0) return undefined;
      chosen.push(crew.choose(slot, waiting.splice(0, 1), files)?.file);
      return () => turn();
    };
    await crew.workOff(next);
    waiting.push('f');
    await crew.workOffAlone(next);
    assert.deepEqual(chosen, ['g', 'f', 'f']);
  });
});

describe("a slot's worker", () => {
  /** What the worker at hand is like, what is asked for, and whether it stays. */
  const CASES: Record<
    string,
    [worker: { ended?: boolean; memory?: number }, slot: { used: boolean; fresh?: boolean; file?: typeof FILE }, stays: boolean]
  > = {
    'stays for files of its group': [{}, { used: true }, true],
    'is replaced for files of another group': [{}, { used: true, file: OTHER }, false],
    'is replaced when it has ended': [{ ended: true }, { used: false }, false],
    'is replaced where what ran in it may matter': [{}, { used: true, fresh: true }, false],
    'stays where nothing ran in it that may matter': [{}, { used: false, fresh: true }, true],
    'stays while it grows a little over the dry run': [{ memory: 484 * MIB }, { used: true }, true],
    'is replaced when it has grown too much': [{ memory: 485 * MIB }, { used: true }, false],
  };
  for (const [title, [state, { used, fresh, file = FILE }, stays]] of Object.entries(CASES)) {
    it(title, async () => {
      const workers = new ScriptedWorkers({});
      const crew = new Crew(workers, 1, 0, []);
      const slot: Slot = { used: false };
      const worker = await crew.workerFor(slot, FILE);
      crew.weigh({ ...worker, memory: 100 * MIB });
      Object.assign(worker, state);
      Object.assign(slot, { open: 'f', used });
      const next = await crew.workerFor(slot, file, fresh);
      assert.equal(next === worker, stays);
      assert.equal(slot.worker, next);
      assert.equal(next.group, file.group);
      assert.equal(worker.ended, !stays);
      assert.deepEqual([slot.open, slot.used], stays ? ['f', used] : [undefined, false]);
    });
  }

  it('is not too big where nothing is known of the memory that the tests take', async () => {
    const crew = new Crew(new ScriptedWorkers({}), 1, 0, []);
    const slot: Slot = { used: false };
    const worker = await crew.workerFor(slot, FILE);
    Object.assign(worker, { memory: 10_000 * MIB });
    assert.equal(await crew.workerFor(slot, FILE), worker);
  });

  it('is tried a second time where others came before and one did not', async () => {
    const workers = new ScriptedWorkers({});
    const start = workers.start.bind(workers);
    let lost = true;
    workers.start = (file) =>
      (lost ? Promise.reject(new Error('lost')) : start(file)).finally(() => {
        lost = false;
      });
    const crew = new Crew(workers, 1, 0, []);
    const slot: Slot = { used: false };
    await assert.rejects(crew.workerFor(slot, FILE), /lost/);
    await crew.workerFor(slot, FILE);
    lost = true;
    const other = await crew.workerFor(slot, OTHER);
    assert.equal(other.group, 'two');
  });

  it('is one that waits for its first job, if any', async () => {
    const workers = new ScriptedWorkers({});
    const spare = await workers.start(FILE);
    const crew = new Crew(workers, 2, 0, [spare]);
    const slots: [worker: Worker | undefined, used: boolean][] = [];
    const seen = new Set<Slot>();
    await crew.workOff((slot) => {
      if (seen.has(slot)) return undefined;
      seen.add(slot);
      return async () => void slots.push([slot.worker, slot.used]);
    });
    assert.deepEqual(slots, [
      [spare, false],
      [undefined, false],
    ]);
  });
});

describe('the memory that workers may take', () => {
  it('is any as long as nothing is known, then the most that one took without a mutant, and what is allowed beyond', () => {
    const crew = new Crew(new ScriptedWorkers({}), 1, 50, []);
    const weigh = (memory: number) => crew.weigh({ memory } as Worker);
    assert.equal(crew.maxMemory, Number.POSITIVE_INFINITY);
    weigh(0);
    assert.equal(crew.maxMemory, Number.POSITIVE_INFINITY);
    weigh(100);
    weigh(70);
    assert.equal(crew.maxMemory, 150);
  });
});

describe('work that is worked off', () => {
  /** Gives out tasks until there are none. */
  const from = (tasks: Task[]) => () => tasks.shift();

  it('is done at all slots at once, each at one piece of it', async () => {
    let active = 0;
    let most = 0;
    const task = async () => {
      most = Math.max(most, ++active);
      await turn();
      active--;
    };
    await new Crew(new ScriptedWorkers({}), 2, 0, []).workOff(from([task, task, task, task, task]));
    assert.deepEqual([active, most], [0, 2]);
  });

  it('is waited for where it may come back from another slot', async () => {
    const tasks: Task[] = [];
    const done: string[] = [];
    tasks.push(async () => {
      await turn();
      // More than the slot that brings it can do at once: the other slot, which had nothing to do, is woken.
      for (const name of ['b', 'c']) {
        tasks.push(async () => {
          done.push(`${name} begins`);
          await turn();
          done.push(`${name} ends`);
        });
      }
    });
    await new Crew(new ScriptedWorkers({}), 2, 0, []).workOff(from(tasks));
    assert.deepEqual(done, ['b begins', 'c begins', 'b ends', 'c ends']);
  });

  it('is over when a piece of it fails: nothing is begun after it, and no worker stays', async () => {
    const workers = new ScriptedWorkers({});
    const crew = new Crew(workers, 2, 0, []);
    let begun = 0;
    const next = (slot: Slot): Task | undefined => {
      const number = ++begun;
      if (number > 20) return undefined;
      return async () => {
        await crew.workerFor(slot, FILE, true);
        slot.used = true;
        await turn();
        if (number === 1) throw new Error('no');
      };
    };
    await assert.rejects(crew.workOff(next), /no/);
    crew.end();
    for (let i = 0; i < 10; i++) await turn();
    assert.equal(begun, 2);
    assert.ok(workers.started.every(({ ended }) => ended));
  });

  it('is over for a slot that had nothing to do, too', async () => {
    const begun: string[] = [];
    const tasks: Task[] = [];
    tasks.push(async () => {
      await turn();
      tasks.push(async () => void begun.push('b'));
      throw new Error('no');
    });
    await assert.rejects(new Crew(new ScriptedWorkers({}), 2, 0, []).workOff(from(tasks)), /no/);
    await turn();
    assert.deepEqual(begun, []);
  });

  it('takes no worker that comes when all is over', async () => {
    const workers = new ScriptedWorkers({});
    const crew = new Crew(workers, 1, 0, []);
    const coming = crew.workerFor({ used: false }, FILE);
    crew.end();
    await assert.rejects(coming, /over/);
    assert.deepEqual(
      workers.started.map(({ ended }) => ended),
      [true],
    );
  });

  it('is done by one worker while no other is there, where it must not be disturbed', async () => {
    const workers = new ScriptedWorkers({});
    const crew = new Crew(workers, 2, 0, [await workers.start(FILE), await workers.start(FILE)]);
    const [mine, other] = workers.started;
    const seen: unknown[] = [];
    const tasks = [1, 2];
    await crew.workOffAlone((slot) => (tasks.shift() ? async () => void seen.push(slot.worker, other?.ended) : undefined));
    assert.deepEqual(seen, [mine, true, mine, true]);
    assert.equal(mine?.ended, false);
  });

  it('leaves no worker behind', async () => {
    const workers = new ScriptedWorkers({});
    const crew = new Crew(workers, 2, 0, [await workers.start(FILE), await workers.start(FILE)]);
    crew.end();
    assert.deepEqual(
      workers.started.map(({ ended }) => ended),
      [true, true],
    );
  });
});
