import { asTable, type Table } from '../text/documents.ts';
import { type Contexts, evaluate } from './expressions.ts';

/** So many jobs of a matrix are looked at; more say nothing new. */
const MOST = 64;

/** The combinations of a job's matrix (https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstrategymatrix); one that is empty where there is none. */
export function combinations(strategy: unknown, contexts: Contexts): Table[] {
  const matrix = resolved(asTable(strategy)?.['matrix'], contexts);
  const table = asTable(matrix);
  if (!table) return [{}];
  const axes = Object.entries(table).filter(
    ([name, values]) => name !== 'include' && name !== 'exclude' && Array.isArray(resolved(values, contexts)),
  );
  let found: Record<string, unknown>[] = axes.length > 0 ? [{}] : [];
  for (const [name, values] of axes) {
    const list = resolved(values, contexts) as readonly unknown[];
    found = found.flatMap((one) => list.map((value): Record<string, unknown> => ({ ...one, [name]: value }))).slice(0, MOST);
  }
  const excluded = listOfTables(table['exclude'], contexts);
  found = found.filter((one) => !excluded.some((unwanted) => Object.entries(unwanted).every(([key, value]) => one[key] === value)));
  const named = axes.map(([name]) => name);
  for (const extra of listOfTables(table['include'], contexts)) {
    const fits = (one: Table) => named.every((key) => extra[key] === undefined || extra[key] === one[key]);
    const fitting = found.filter(fits);
    // What is new in it is added to the combinations that it fits, unless it changes what they have.
    if (fitting.length > 0 && named.length > 0) found = found.map((one) => (fits(one) ? { ...one, ...extra } : one));
    else found.push(extra);
  }
  return found.length > 0 ? found.slice(0, MOST) : [{}];
}

function listOfTables(value: unknown, contexts: Contexts): Table[] {
  const list = resolved(value, contexts);
  return (Array.isArray(list) ? list : []).map(asTable).filter((one) => one !== undefined);
}

/** A value that may be given as an expression as a whole (`${{ fromJSON(inputs.versions) }}`). */
function resolved(value: unknown, contexts: Contexts): unknown {
  const whole = typeof value === 'string' ? /^\$\{\{(.*)\}\}$/s.exec(value.trim())?.[1] : undefined;
  return whole === undefined ? value : evaluate(whole, contexts);
}
