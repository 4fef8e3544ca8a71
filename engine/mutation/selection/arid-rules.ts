import type { AridRule } from '../../workspace/index.ts';

/**
 * Code whose mutants people call not useful, in any project; a project adds its own in `assay.config.json`. The kinds are those that Google names for
 * its arid code (Petrović and Ivanković, "State of mutation testing at Google", 2018): logging, metrics, texts of errors, time-outs, sizes of caches.
 * A rule is here only if its words mean that wherever they stand: `log()` is not, for it may be a logarithm.
 */
export const ARID_RULES: readonly AridRule[] = [
  {
    why: 'logging',
    call: [
      ...['console.*', '*.console.*', 'logger', 'logger.*', '*.logger.*', 'Logger.*', 'winston.*'],
      ...['log', '*.log'].flatMap((log) => ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'verbose'].map((level) => `${log}.${level}`)),
    ],
  },
  { why: 'debug text', call: ['debug', 'debug.*', '*.debug', 'debuglog', 'util.debuglog'] },
  { why: 'debug text', value: ['displayName', 'debugLabel'] },
  { why: 'warning text', call: ['process.emitWarning', 'deprecate', 'util.deprecate'] },
  {
    why: 'metrics',
    call: ['metrics.*', '*.metrics.*', 'statsd.*', '*.statsd.*', 'telemetry.*', '*.telemetry.*', 'performance.mark', 'performance.measure'],
  },
  { why: 'error text', call: ['Error', 'TypeError', 'RangeError', 'SyntaxError', 'ReferenceError', 'EvalError', 'URIError'], argument: 0 },
  { why: 'error text', call: ['AggregateError'], argument: 1 },
  { why: 'error text', call: ['*Error', '*Exception', 'throw'], text: true },
  { why: 'error text', call: ['assert', 'assert.ok', 'invariant', 'console.assert'], argument: 1, text: true },
  { why: 'time-out', call: ['setTimeout', 'setInterval', '*.setTimeout', '*.setInterval'], argument: 1 },
  { why: 'time-out', value: ['*timeout', '*timeoutMs', '*timeout_ms', '*debounceMs', '*throttleMs', '*pollInterval', '*retryDelay'] },
  { why: 'size or age of a cache', value: ['*cacheSize', '*cache_size', '*cacheTtl', '*cache_ttl', '*cacheMaxAge'] },
];
