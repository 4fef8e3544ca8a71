import { type Chain, squeezed } from '../chain.ts';
import type { Recognized } from '../recognized.ts';

/** `sinon.assert.calledWith(spy, …)`, and `mock.verify()` of Sinon's mocks. */
export function recognizeSinon(chain: Chain): Recognized | undefined {
  const [first, second] = chain.links;
  const [method, args] =
    /^(sinon|sandbox|sandboxed)$/.test(chain.root.text) && first?.name === 'assert'
      ? [second?.name, second?.args]
      : chain.root.text === 'sinonAssert'
        ? [first?.name, first?.args]
        : [];
  if (method && args) {
    const subject = args.map((arg) => squeezed(arg)).join();
    if (/^(calledWith|alwaysCalledWith|calledOnceWith|calledWithExactly|calledOnceWithExactly|calledWithMatch)/.test(method) && args.length > 1) {
      return { kind: 'check', fact: 'calls', subject, details: args.length - 1 };
    }
    if (method === 'match') return { kind: 'check', fact: 'partial', subject };
    if (method === 'fail') return { kind: 'fail' };
    return { kind: 'check', fact: method === 'threw' ? 'error' : 'called', subject };
  }
  const last = chain.links.at(-1);
  if (last?.name === 'verify' && last.args?.length === 0 && /mock/i.test(chain.root.text))
    return { kind: 'check', fact: 'calls', subject: chain.root };
  return last?.name === 'done' && last.args?.length === 0 && /nock|scope/i.test(chain.root.text)
    ? { kind: 'check', fact: 'called', subject: chain.root }
    : undefined;
}
