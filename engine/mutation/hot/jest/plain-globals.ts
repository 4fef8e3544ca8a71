import { types } from 'node:util';
import vm from 'node:vm';

type Contexts = { createContext(this: void, ...given: unknown[]): object; constants?: { DONT_CONTEXTIFY?: symbol } };
const contexts = vm as unknown as Contexts;
/** What Node since 22.8 makes a context without an object behind its globals from. */
const PLAIN = contexts.constants?.DONT_CONTEXTIFY;

/** Whether this Node can make plain globals. */
export const KNOWS_PLAIN_GLOBALS = PLAIN !== undefined;

/**
 * Makes an environment whose globals are plain: jest-environment-node puts an object behind them, which Node's own code asks whenever `Number`, `Object` or
 * any other global is named. That takes fifty times as long as to name a plain one, and may be more than half of what tests take that work on dates or numbers. Environments
 * that put an object with something in it behind their globals, such as jsdom's, keep it.
 */
export function withPlainGlobals<Made>(make: () => Made): Made {
  const { createContext } = contexts;
  contexts.createContext = (...given) => createContext(...(isEmpty(given) ? [PLAIN] : given));
  try {
    return make();
  } finally {
    contexts.createContext = createContext;
  }
}

/** Nothing stands behind the globals until Jest 29; since then a proxy that notes what has to be cleared away behind the tests. */
function isEmpty([behind, ...rest]: readonly unknown[]): boolean {
  return PLAIN !== undefined && rest.length === 0 && (behind === undefined || types.isProxy(behind));
}
