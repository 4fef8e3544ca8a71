import assert from 'node:assert/strict';
import { type LanguageName, SyntaxTree } from '../../syntax/index.ts';
import type { AridRule } from '../../workspace/index.ts';
import { aridReason } from './arid.ts';
import { ARID_RULES } from './arid-rules.ts';

/** Code with the mutated part between `«` and `»`, by what is said of it. */
const CASES: Record<string, Record<string, string>> = {
  logging: {
    'the text of a log': `console.log(«'started'»);`,
    'the whole call': `function f() { «console.log('started');» }`,
    'a logger of an object': `this.logger.info(«\`\${n} left\`»);`,
    'a calculation in a log': `log.debug('took', «end - start»);`,
    'a condition around nothing but logs': `if («verbose») { console.log('a'); console.warn('b'); }`,
    'the block around nothing but logs': `if (verbose) «{ console.log('a'); }»`,
    'the body of a handler that only logs': `try { f(); } catch (error) «{ console.error(error); }»`,
    'a log behind a condition': `«verbose && console.log('a')»;`,
    'a function that only logs': `on('end', «() => console.log('end')»);`,
    'a log that is waited for': `async function f() { «await logger.info('a');» }`,
  },
  'error text': {
    'the message of an error': `throw new Error(«'not a number'»);`,
    'a part of the message': `throw new TypeError(\`Missing: \${names.join(«', '»)}\`);`,
    'the message of an own error': `fail(new HttpError(404, «'Not found here'»));`,
    'what is thrown by a maker': `throw createFailure(«'This cannot be'»);`,
    'the message of an assertion': `assert(a > 1, «'a is too small'»);`,
  },
  'time-out': {
    'a delay': `setTimeout(f, «60 * 1000»);`,
    'a property': `const options = { requestTimeout: «5 * 1000» };`,
    'a constant': `const TIMEOUT = «60 * SECOND»;`,
    'a field': `class A { pollInterval = «2 * 1000»; }`,
  },
  'size or age of a cache': { 'a constant': `const CACHE_SIZE = «10 * 1024»;` },
  'audit trail': { 'a rule of the project': `audit.record(«'opened'»);` },
  none: {
    'other calls': `send(«'started'»);`,
    'a logarithm': `const y = Math.log(«x + 1»);`,
    'code beside a log': `function f() { console.log('a'); «g();» }`,
    'a condition around more than logs': `if («verbose») { console.log('a'); g(); }`,
    'a condition that does something': `if («queue.add(x)») console.log('added');`,
    'a condition with another way': `if («a») console.log('a'); else g();`,
    'what a callback of a logger does': `logger.time('a', () => { «g();» });`,
    'a call with such a callback': `function f() { «logger.time('a', () => g());» }`,
    'an assignment in a log': `console.log((a = «b + 1»));`,
    'the throw itself': `function f() { «throw new Error('not a number');» }`,
    'the condition of a throw': `if («a < 0») throw new Error('negative');`,
    'a code of an own error': `throw new HttpError(«'not-found'»);`,
    'the condition of an assertion': `assert(«a > 1», 'a is too small');`,
    'data beside a message': `throw new AssertionError('not equal', { operator: «'==='» });`,
    'the function that waits for a delay': `setTimeout(() => { «g();» }, 100);`,
    'a time-out that is calculated': `const timeout = «limit - elapsed()»;`,
    'a switch with such a name': `class A { unrefTimeout = «false»; }`,
  },
};

const RULES: AridRule[] = [{ why: 'audit trail', call: ['audit.*'] }, ...ARID_RULES];

describe('aridReason', () => {
  for (const [reason, cases] of Object.entries(CASES)) {
    for (const [name, marked] of Object.entries(cases)) {
      for (const language of ['javascript', 'typescript'] as const) {
        it(`${reason}: ${name} (${language})`, async () => assert.equal((await reasonOf(marked, language)) ?? 'none', reason));
      }
    }
  }
});

async function reasonOf(marked: string, language: LanguageName): Promise<string | undefined> {
  const tree = await SyntaxTree.parse(language, marked.replace(/[«»]/g, ''));
  const start = marked.indexOf('«');
  const end = marked.indexOf('»') - 1;
  const reason = aridReason(tree, { start: { line: 0, column: start }, end: { line: 0, column: end } }, RULES);
  tree.dispose();
  return reason;
}
