/** What of a line is searched for what tools say to people, characters: they say nothing of that length in one line, and bundled code or what tests print may be one line of megabytes. */
export const LONGEST_TEXT = 1 << 16;
