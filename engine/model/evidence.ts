/** Where an answer comes from: a file (absolute path), its one-based line where there is one, and what it says in words. */
export interface Evidence {
  file?: string;
  line?: number;
  says: string;
}
