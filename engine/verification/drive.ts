/** A path with its drive as another path spells it: editors write `c:`, most tools `C:`, and a file is found again by its name. Other paths stay as they are. */
export function driveAsIn(like: string, file: string): string {
  const [mine, theirs] = [like, file].map((one) => /^[A-Za-z]:(?=[\\/])/.exec(one)?.[0]);
  return mine !== undefined && theirs !== undefined && mine.toLowerCase() === theirs.toLowerCase() ? mine + file.slice(mine.length) : file;
}

/** The path that a tool tells, which may be the address of a file (`file:///C:/p/a.ts`) and have a query behind it. */
export function pathTold(told: string): string {
  return told.replace(/^file:\/\/(?:\/(?=[A-Za-z]:))?/, '').replace(/[?#].*$/, '');
}
