import type { Bare } from '../../../syntax/index.ts';
import { chainOf, isFunctionValue, squeezed, stringOf, unwrap, withoutAwait } from '../chain.ts';
import type { Script } from '../script.ts';

const GIVES =
  /^(mockReturnValue|mockReturnValueOnce|mockResolvedValue|mockResolvedValueOnce|mockRejectedValue|mockRejectedValueOnce|mockImplementation|mockImplementationOnce|returns|resolves|callsFake|rejects)$/;
const MAKERS = /^(jest|vi|vitest|mock|sinon|sandbox|td)$/;
/** What stands in the text of whatever tells a mock something. */
const MAY_TELL = /mock|returns|resolves|rejects|fn|stub|fake/i;

/** What a test (a function) calls its mocks that it has told what to give: `m`, `service.findAll`, without white space. */
export function toldMocks(fn: Bare | undefined, script: Script): Set<string> {
  const told = new Set<string>();
  if (!fn || !MAY_TELL.test(fn.text)) return told;
  fn.some((node) => {
    if (node.type !== 'call_expression') return false;
    const { root, links } = chainOf(node);
    const gives = links.findIndex(({ name, args }) => args && GIVES.test(name ?? ''));
    const isMaker = MAKERS.test(root.text) && !script.declared(root.text, root);
    const [first] = links;
    if (isMaker && /^(spyOn|stub|replace)$/.test(first?.name ?? '') && gives > 0) {
      const [object, method] = first?.args ?? [];
      const name = stringOf(method);
      if (object && name) told.add(`${squeezed(object)}.${name}`);
    } else if (isMaker && /^(fn|stub|fake)$/.test(first?.name ?? '') && (gives > 0 || isFunctionValue(first?.args?.[0] ?? node))) {
      const target = node.parent;
      const name =
        target?.type === 'variable_declarator' ? target.get('name') : target?.type === 'assignment_expression' ? target.get('left') : undefined;
      if (name) told.add(squeezed(name));
    } else if (!isMaker && gives === 0 && root.type === 'identifier') {
      const made = unwrap(script.declared(root.text, root)?.value);
      if (made && MAKERS.test(chainOf(made).root.text)) told.add(root.text);
    }
    return false;
  });
  return told;
}

/** Whether an assertion looks only at what a mock gives back that the test told it to give, and called itself. */
export function asksMock(subject: Bare, told: ReadonlySet<string>, script: Script): boolean {
  let value = withoutAwait(subject);
  if (value.type === 'identifier') {
    const found = script.declared(value.text, value);
    if (found?.constant && found.value) value = withoutAwait(found.value);
  }
  const callee = value.type === 'call_expression' ? value.get('function') : undefined;
  if (!callee || !/^(identifier|member_expression)$/.test(callee.type)) return false;
  return told.has(squeezed(callee));
}
