import type { Stated } from '../reading/index.ts';
import { squeezed } from '../text.ts';

const LITERAL = /^-?(?:\d[\w.]*|b?"(?:[^"\\]|\\.)*"|r#*".*"#*|b?'(?:[^'\\]|\\.)+'|true|false|\(\))$/s;

/** What a macro states, by its name and what it is given; undefined where it asserts nothing that is known of. */
export function ofMacro(name: string, args: readonly string[]): Stated | 'fail' | undefined {
  const [first = '', second = ''] = args;
  switch (
    name
      .replace(/^(prop_|debug_)/, '')
      .split('::')
      .at(-1)
  ) {
    case 'assert':
      return stated(first);
    case 'assert_eq':
    case 'assert_matches_eq':
      return equality(first, second);
    case 'assert_ne':
      return { fact: 'different', subject: squeezed(first) };
    case 'assert_matches':
      return { fact: 'partial', subject: squeezed(first) };
    case 'panic':
    case 'unreachable':
    case 'todo':
    case 'unimplemented':
    case 'bail':
      return 'fail';
    case 'assert_snapshot':
    case 'assert_debug_snapshot':
    case 'assert_yaml_snapshot':
    case 'assert_json_snapshot':
    case 'assert_ron_snapshot':
    case 'assert_toml_snapshot':
    case 'assert_csv_snapshot':
    case 'assert_compact_json_snapshot': {
      const inline = args.find((arg) => arg.startsWith('@'));
      return { fact: inline ? 'snapshot' : 'large-snapshot', subject: squeezed(first) };
    }
    case 'eqnice':
    case 'eq':
    case 'expect':
    case 'expect_eq':
      return args.length > 1 ? equality(first, second) : undefined;
    default:
      return /^(assert_|expect_)|_assert$|_eq$/.test(name)
        ? { fact: args.length > 1 ? 'partial' : 'custom', subject: squeezed(args.join()) }
        : undefined;
  }
}

/** What `assert!(expression)` states. */
export function stated(expression: string): Stated {
  const text = expression.trim();
  const subject = squeezed(text);
  if (text === 'true') return { fact: 'truth', subject, flaw: 'tautology' };
  if (text === 'false') return { fact: 'truth', subject, fails: true };
  const or = split(text, '||');
  if (or.length > 1 && or.some((one) => one.trim() === 'true')) return { fact: 'truth', subject, flaw: 'tautology' };
  if (or.length > 1) return { fact: 'partial', subject };
  const [first, ...others] = split(text, '&&');
  if (others.length > 0 && first) return stated(first);
  const compared = comparison(text);
  if (compared) {
    const [left, operator, right] = compared;
    if (operator === '==') return equality(left, right);
    if (operator === '!=') return { fact: 'different', subject: squeezed(left) };
    return { fact: /\.(len|count)\(\)$/.test(left.trim()) ? 'count' : 'order', subject: squeezed(left) };
  }
  const matched = /^(?:std::|core::)?matches!\s*[([](.*)[)\]]$/s.exec(text);
  if (matched) {
    const [of = '', ...pattern] = split(matched[1] ?? '', ',');
    return { fact: /^\s*(Ok|Err|Some)\(_\)\s*$/.test(pattern.join(',')) ? 'exists' : 'partial', subject: squeezed(of) };
  }
  const inner = text.startsWith('!') ? text.slice(1).trim() : text;
  // That there is nothing to receive yet, or any more, is said by an error.
  if (/\.(try_)?recv\(\)\.is_err\(\)$/.test(inner)) return { fact: 'nothing', subject };
  if (/\.is_err\(\)$/.test(inner)) return { fact: inner === text ? 'any-error' : 'no-error', subject };
  if (/\.is_ok\(\)$/.test(inner)) return { fact: inner === text ? 'no-error' : 'any-error', subject };
  if (/\.(is_some|is_none)\(\)$/.test(inner)) return { fact: /is_none/.test(inner) === (inner === text) ? 'nothing' : 'exists', subject };
  if (/\.(is_some_and|is_ok_and|is_err_and)\(/.test(inner)) return { fact: 'partial', subject };
  if (/\.(contains|starts_with|ends_with|contains_key|eq|all|any)\(/.test(inner)) return { fact: inner === text ? 'partial' : 'different', subject };
  if (/\.is_match\(/.test(inner)) return { fact: 'pattern', subject };
  return { fact: 'boolean', subject };
}

/** What it states that two values are the same. */
export function equality(left: string, right: string): Stated {
  const [a, b] = [left.trim(), right.trim()];
  if (LITERAL.test(a) && LITERAL.test(b))
    return { fact: 'value', subject: a, ...(a === b ? { flaw: 'tautology' as const } : { fails: true as const }) };
  if (squeezed(a) === squeezed(b) && !/\(/.test(a)) return { fact: 'value', subject: squeezed(a), flaw: 'tautology', isPlain: false };
  const isExpected = (text: string) => LITERAL.test(text) || /^(vec!|&?\[|Some\(|Ok\(|Err\(|expected|&?want|&?exp\b)/.test(text);
  const [subject, expected] = isExpected(a) && !isExpected(b) ? [b, a] : [a, b];
  if (expected === 'true' || expected === 'false') return { fact: 'boolean', subject: squeezed(subject) };
  if (/\.(len|count)\(\)$/.test(subject)) return { fact: 'count', subject: squeezed(subject) };
  if (/\.unwrap_err\(\)|\.to_string\(\)$/.test(subject) && /err/i.test(subject)) return { fact: 'error', subject: squeezed(subject) };
  if (/^(None|""|vec!\[\s*\]|Vec::new\(\)|String::new\(\))$/.test(expected)) return { fact: 'nothing', subject: squeezed(subject) };
  const details = /^(vec!\s*\[|&?\[|\w+(::\w+)*\s*\{|hashmap!|btreemap!)/.test(expected)
    ? split(expected.replace(/^[^[{(]*[[{(]|[\]})]$/g, ''), ',').filter((one) => one.trim()).length
    : 0;
  return details > 1 ? { fact: 'structure', subject: squeezed(subject), details } : { fact: 'value', subject: squeezed(subject) };
}

function comparison(text: string): [string, string, string] | undefined {
  for (const operator of ['==', '!=', '<=', '>=', ' < ', ' > ']) {
    const [left, ...rest] = split(text, operator);
    if (left !== undefined && rest.length > 0) return [left, operator.trim(), rest.join(operator)];
  }
  return undefined;
}

/** Splits a text where a separator stands outside of brackets and literals. */
export function split(text: string, separator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text[i] as string;
    if (c === '"') {
      const raw = /r(#*)$/.exec(text.slice(Math.max(0, i - 6), i));
      const end = raw ? text.indexOf(`"${raw[1]}`, i + 1) : closingQuote(text, i);
      i = end < 0 ? text.length : end;
    } else if (c === "'" && /^'(\\.[^']*|[^'\\])'/.test(text.slice(i, i + 12)))
      i += (/^'(\\.[^']*|[^'\\])'/.exec(text.slice(i, i + 12))?.[0].length ?? 1) - 1;
    else if (text.startsWith('::<', i)) i = afterTypes(text, i + 2) - 1;
    else if ('([{'.includes(c)) depth++;
    else if (')]}'.includes(c)) depth--;
    else if (depth === 0 && text.startsWith(separator, i)) {
      parts.push(text.slice(from, i));
      from = i + separator.length;
      i = from - 1;
    }
  }
  parts.push(text.slice(from));
  return parts;
}

/** Where a string ends that begins at a place of a text; -1 where it does not. */
export function closingQuote(text: string, from: number): number {
  for (let i = from + 1; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '"') return i;
  }
  return -1;
}

/** The end of the types between `<` and `>`. */
function afterTypes(text: string, open: number): number {
  let depth = 0;
  for (let i = open; i < text.length; i++) {
    if (text[i] === '<') depth++;
    else if (text[i] === '>' && text[i - 1] !== '-' && --depth === 0) return i + 1;
  }
  return text.length;
}
