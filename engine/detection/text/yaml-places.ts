import { EVENT_ID, type Event, getScalarValue, SCALAR_STYLE, type ScalarEvent } from 'js-yaml';

/** Where a value stands in a YAML text. */
export interface Place {
  /** One-based line that it begins on; what is empty is where its key is. */
  line: number;
  /** What is in it, by key or index. There is nothing in an alias. */
  inner: ReadonlyMap<string | number, Place>;
  /** How many values it comes to with those that aliases stand for; infinitely many where it is in itself. */
  values: number;
}

const NOTHING: Place['inner'] = new Map();

/** The places of what the first document of a text holds. */
export function placesIn(events: readonly Event[], text: string): Place {
  const anchored = new Map<string, number>();
  const lines = new Lines(text);
  // The first event begins the document.
  let next = 1;

  const read = (): Place => {
    const event = events[next++];
    switch (event?.type) {
      case EVENT_ID.SCALAR:
        return kept(event, { line: lines.at(startOf(event)), inner: NOTHING, values: 1 });
      case EVENT_ID.SEQUENCE:
        return kept(event, collection(lines.at(event.start), readEntry));
      case EVENT_ID.MAPPING:
        return kept(event, collection(lines.at(event.start), readPair));
      case EVENT_ID.ALIAS:
        return { line: lines.at(event.anchorStart), inner: NOTHING, values: anchored.get(named(event)) ?? Number.POSITIVE_INFINITY };
      default:
        return { line: 1, inner: NOTHING, values: 0 };
    }
  };
  const readEntry = (index: number): [number, Place] => [index, read()];
  const readPair = (index: number): [string | number, Place] => {
    const event = events[next];
    read();
    // A key that is a collection is not looked for.
    return [event?.type === EVENT_ID.SCALAR ? getScalarValue(text, event) : -1 - index, read()];
  };
  const collection = (line: number, entry: (index: number) => [string | number, Place]): Place => {
    const inner = new Map<string | number, Place>();
    let values = 1;
    for (let index = 0; events[next] && events[next]?.type !== EVENT_ID.POP; index++) {
      const [key, place] = entry(index);
      inner.set(key, place);
      values += place.values;
    }
    next++;
    return { line, inner, values };
  };
  const named = ({ anchorStart, anchorEnd }: Anchored) => text.slice(anchorStart, anchorEnd);
  const kept = (event: Anchored, place: Place): Place => {
    if (event.anchorStart >= 0) anchored.set(named(event), place.values);
    return place;
  };

  return read();
}

interface Anchored {
  anchorStart: number;
  anchorEnd: number;
}

/** Where a scalar begins: that of a block with the sign for it, at the end of the line before. Before all of the text where it is empty. */
function startOf({ valueStart, style }: ScalarEvent): number {
  return style === SCALAR_STYLE.LITERAL_BLOCK || style === SCALAR_STYLE.FOLDED_BLOCK ? valueStart - 1 : valueStart;
}

/** The lines of a text, for who goes through it from front to back. */
class Lines {
  readonly #text: string;
  #line = 1;
  /** Where the line ends. */
  #end: number;

  constructor(text: string) {
    this.#text = text;
    this.#end = text.indexOf('\n');
  }

  /** The one-based line of an offset; that of the offset before where this one is not behind it. */
  at(offset: number): number {
    while (this.#end >= 0 && this.#end < offset) {
      this.#line++;
      this.#end = this.#text.indexOf('\n', this.#end + 1);
    }
    return this.#line;
  }
}
