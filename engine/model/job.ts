/** What every long job is given: a way to be cancelled and a way to tell what happens while it happens. */
export interface JobContext<Event> {
  signal: AbortSignal;
  report(event: Event): void;
}
