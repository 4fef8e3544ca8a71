import { type Chain, squeezed } from '../chain.ts';
import type { Recognized } from '../recognized.ts';

/** `getBy…` and `findBy…` of testing-library throw where nothing fits; `queryBy…` do not. */
const QUERY = /^(getBy|getAllBy|findBy|findAllBy)(Text|Role|LabelText|PlaceholderText|DisplayValue|AltText|Title|TestId)$/;

/** A query of testing-library that is no more than made: that something is there. What looks closer at what it finds is an assertion of its own. */
export function recognizeQuery(chain: Chain): Recognized | undefined {
  const [first, second] = chain.links;
  const query = QUERY.test(chain.root.text) && first?.args ? { link: first, name: chain.root.text } : undefined;
  const method = chain.links.find(({ name, args }) => args && QUERY.test(name ?? ''));
  const found = query?.link ?? method;
  if (!found || (query && second?.args)) return undefined;
  const isAsync = (query?.name ?? method?.name ?? '').startsWith('find');
  return { kind: 'check', fact: 'exists', subject: squeezed(found.node), ...(isAsync && { promised: true }), node: found.node };
}
