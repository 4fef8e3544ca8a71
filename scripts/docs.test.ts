import assert from 'node:assert/strict';
import { commandsTable, configurationPage, documents, fill, type Manifest, settingsPage, settingsTable } from './docs.ts';

const manifest: Manifest = {
  contributes: {
    configuration: [
      {
        title: 'Runs',
        properties: {
          'assay.run.timeout': {
            type: 'number',
            minimum: 1,
            default: 5,
            scope: 'resource',
            markdownDescription: 'Seconds, e.g. for loops. See `#assay.run.on#`.',
          },
          'assay.run.on': {
            enum: ['save', 'demand'],
            markdownEnumDescriptions: ['After each save.', 'Only when asked.'],
            default: 'demand',
            order: 1,
            markdownDescription: 'When mutants run.\n\nA second paragraph.',
          },
          'assay.old': { type: 'boolean', default: false, description: 'Old.', deprecationMessage: 'Use another.' },
        },
      },
      { title: 'Node', properties: { 'assay.node.path': { type: ['string', 'null'], description: 'A | B.' } } },
    ],
    commands: [
      { command: 'assay.mutateFile', category: 'Assay', title: 'Mutate File' },
      { command: 'assay.cancel', title: 'Cancel' },
    ],
  },
};

describe('settingsPage', () => {
  it('has a section for each setting, by category, order and name', () => {
    const headings = settingsPage(manifest).match(/^## .*/gm);
    assert.deepEqual(headings, ['## `assay.run.on`', '## `assay.old`', '## `assay.run.timeout`', '## `assay.node.path`']);
  });

  it('shows type, range, default and scope, and links settings to each other', () => {
    assert.ok(
      settingsPage(manifest).includes(
        [
          '## `assay.run.timeout`',
          '',
          'Seconds, e.g. for loops. See [`assay.run.on`](#assayrunon).',
          '',
          '- Type: `number`',
          '- Range: at least 1',
          '- Default: `5`',
          '- Scope: `resource`',
        ].join('\n'),
      ),
    );
  });

  it('explains each choice, and falls back to the defaults of VS Code', () => {
    const page = settingsPage(manifest);
    assert.ok(page.includes('- `"save"`: After each save.\n- `"demand"`: Only when asked.\n\n- Type: `"save"` or `"demand"`'));
    assert.ok(page.includes('- Type: `string` or `null`\n- Default: `null`\n- Scope: `window`'));
    assert.ok(page.includes('**Deprecated:** Use another.'));
  });

  it('names what an array holds', () => {
    const globs: Manifest = { contributes: { configuration: { properties: { 'a.b': { type: 'array', items: { type: 'string' }, default: [] } } } } };
    assert.ok(settingsPage(globs).includes('- Type: array of `string`\n- Default: `[]`'));
  });
});

describe('settingsTable', () => {
  it('has the first sentence of each setting that is not deprecated', () => {
    assert.deepEqual(settingsTable(manifest).split('\n'), [
      '| Setting | Default | What it does |',
      '| --- | --- | --- |',
      '| [`assay.run.on`](docs/settings.md#assayrunon) | `"demand"` | When mutants run. |',
      '| [`assay.run.timeout`](docs/settings.md#assayruntimeout) | `5` | Seconds, e.g. for loops. |',
      '| [`assay.node.path`](docs/settings.md#assaynodepath) | `null` | A \\| B. |',
    ]);
  });
});

describe('commandsTable', () => {
  it('shows commands as the command palette does', () => {
    assert.deepEqual(commandsTable(manifest).split('\n').slice(2), ['| Assay: Mutate File | `assay.mutateFile` |', '| Cancel | `assay.cancel` |']);
  });

  it('has no rows without commands', () => {
    assert.equal(commandsTable({}).split('\n').length, 2);
  });
});

describe('fill', () => {
  it('replaces what stands between the markers, and again to the same text', () => {
    const filled = fill('a\n<!-- x -->\nold\n<!-- /x -->\nb', 'x', 'new');
    assert.equal(filled, 'a\n<!-- x -->\nnew\n<!-- /x -->\nb');
    assert.equal(fill(filled, 'x', 'new'), filled);
  });

  it('takes `$&` in the content for what it is', () => {
    assert.equal(fill('<!-- x --><!-- /x -->', 'x', '$&'), '<!-- x -->\n$&\n<!-- /x -->');
  });

  it('says which markers are missing', () => {
    assert.throws(() => fill('<!-- /x --><!-- x -->', 'x', ''), /<!-- x --> … <!-- \/x -->/);
  });
});

describe('documents', () => {
  it('is complete: filled once, the README stays as it is', () => {
    const readme = '<!-- settings --><!-- /settings -->\n<!-- commands --><!-- /commands -->\n';
    const first = documents(manifest, readme);
    assert.deepEqual(Object.keys(first), ['docs/settings.md', 'README.md']);
    assert.deepEqual(documents(manifest, first['README.md'] ?? ''), first);
  });
});

describe('configurationPage', () => {
  const page = ['weights', 'arid', 'keys'].map((name) => `<!-- ${name} -->\nold\n<!-- /${name} -->`).join('\n');

  it('shows each weight with its origin, and each rule', () => {
    const text = configurationPage(page, {});
    assert.match(text, /\| What the mutator changed \| EqualityOperator \d.*StringLiteral \d, others \d \| .+ \|/);
    assert.match(text, /\| error text \| `Error`, `TypeError`.* \| argument 1 \|/);
    assert.doesNotMatch(text, /old/);
  });

  it('names the keys of the schema by their paths, each once', () => {
    const item = { properties: { why: { description: 'The reason.' } } };
    const text = configurationPage(page, { properties: { list: { description: 'A list.', items: { anyOf: [item, item] } } } });
    assert.deepEqual(text.match(/^\| `.*/gm)?.slice(-2), ['| `list` | A list. |', '| `list[].why` | The reason. |']);
  });
});
