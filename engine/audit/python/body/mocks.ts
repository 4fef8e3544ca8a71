import type { Bare } from '../../../syntax/index.ts';
import { plain } from '../facts.ts';

/** Whether an assertion looks only at what a mock gives back that the test (a function) told it to give, and called itself. */
export function tellsMock(subject: Bare | string, test: Bare): boolean {
  if (typeof subject === 'string') return false;
  const value = plain(subject);
  const callee = value.type === 'call' ? value.get('function')?.text : undefined;
  if (!callee || !/^[\w.]+$/.test(callee)) return false;
  const name = callee.replaceAll('.', '\\.');
  return new RegExp(`(^|\\n)\\s*${name}(\\.return_value\\s*=[^=]|\\s*=\\s*(mock\\.)?(Magic|Async)?Mock\\(\\s*return_value)`).test(test.text);
}
