import {
  CORE_SCHEMA,
  constructFromEvents,
  defineMappingTag,
  defineScalarTag,
  defineSequenceTag,
  type Event,
  mapTag,
  parseEvents,
  seqTag,
  strTag,
  YAMLException,
} from 'js-yaml';
import { asTable, type Table } from './documents.ts';
import { placesIn } from './yaml-places.ts';

/** A YAML text with its lines. */
export interface YamlText {
  value: Table;
  /** The one-based line of what the keys lead to; that of the nearest thing above it where there is no such thing. */
  lineOf(keys: readonly (string | number)[]): number;
}

/** So many brackets are put where they should stand. */
const MOST_MOVED = 50;
/** So many values may there be when all aliases are written out: where each stands for two others, there is no end of them. */
const MOST_VALUES = 100_000;

const mapping = {
  ...mapTag,
  // A value that begins with `{{`, as in templates, is a mapping that has one as a key.
  addPair: (carrier: Record<string, unknown>, key: unknown, value: unknown) =>
    mapTag.addPair(carrier, typeof key === 'object' && key !== null ? JSON.stringify(key) : key, value),
};
/** What a tag means is for the service to know that reads the file: the value is what it would be without. */
const SCHEMA = CORE_SCHEMA.withTags(
  defineMappingTag(mapTag.tagName, mapping),
  defineMappingTag('', { ...mapping, matchByTagPrefix: true }),
  defineSequenceTag('', { ...seqTag, matchByTagPrefix: true }),
  defineScalarTag('', { ...strTag, matchByTagPrefix: true, implicit: false }),
);

/** The first document of a YAML text, or undefined where it is broken or no mapping. */
export function readYamlText(given: string): YamlText | undefined {
  try {
    const { text, events } = eventsOf(given);
    const root = placesIn(events, text);
    if (root.values > MOST_VALUES) return undefined;
    const value = asTable(constructFromEvents(events, { source: text, schema: SCHEMA, json: true })[0]);
    if (!value) return undefined;
    const lineOf = (keys: readonly (string | number)[]) => {
      let place = root;
      for (const key of keys) {
        const inner = place.inner.get(key);
        if (!inner) break;
        place = inner;
      }
      return place.line;
    };
    return { value, lineOf };
  } catch {
    return undefined;
  }
}

/** YAML wants a bracket that closes on a line of its own to stand further in than the key; all services read it right below the key, and left of it, too. */
function eventsOf(given: string): { text: string; events: Event[] } {
  let text = given;
  for (let moved = 0; ; moved++) {
    try {
      return { text, events: parseEvents(text, {}) };
    } catch (error) {
      const at = error instanceof YAMLException && error.reason === 'deficient indentation' ? error.mark?.position : undefined;
      if (at === undefined || !/[\]}]/.test(text.charAt(at)) || moved === MOST_MOVED) throw error;
      text = `${text.slice(0, at)} ${text.slice(at)}`;
    }
  }
}
