/** Whether a text is as a pattern says, in which `*` stands for any characters. It takes no more time than both are long, multiplied. */
export function isLike(text: string, pattern: string): boolean {
  let at = 0;
  let place = 0;
  let star = -1;
  let from = 0;
  while (at < text.length) {
    if (pattern[place] === '*') {
      star = place++;
      from = at;
    } else if (place < pattern.length && pattern[place] === text[at]) {
      place++;
      at++;
    } else if (star >= 0) {
      place = star + 1;
      at = ++from;
    } else return false;
  }
  while (pattern[place] === '*') place++;
  return place === pattern.length;
}
