import { LAB } from '../mutation/index.ts';

const LAB_PATTERN = LAB.replaceAll(/[.()]/g, '\\$&');
const METHOD = new RegExp(`${LAB_PATTERN}\\.m\\(`, 'g');
const METHOD_NAME = /,"[^"]*"(?:,"[^"]*")?\)\/\*([^*]*)\*\//g;
const FUNCTION = new RegExp(`${LAB_PATTERN}\\.f\\("[^"]*",([\\w$]+)\\)`, 'g');

/** A piece of such a text as it was written; undefined where that cannot be told. */
export function asWritten(text: string): string | undefined {
  if ((text.match(METHOD)?.length ?? 0) !== (text.match(METHOD_NAME)?.length ?? 0)) return undefined;
  const written = text.replace(METHOD, '').replace(METHOD_NAME, '$1').replace(FUNCTION, '$1');
  return written.includes('__assay_') ? undefined : written;
}
