import { ChildProcess } from 'node:child_process';
import { type Started, withPreload } from './kept-preload.ts';

/** Keeps our preload in what a package manager or launcher starts, where its script sets `NODE_OPTIONS` anew (`NODE_OPTIONS=--experimental-vm-modules jest`). */
export function listen(): void {
  const preload = process.env['ASSAY_TEST_PRELOAD'];
  if (!preload) return;
  // All ways to start a process side by side with this one come through here.
  const { prototype } = ChildProcess as unknown as { prototype: { spawn(started: Started): unknown } };
  const { spawn } = prototype;
  prototype.spawn = function (started) {
    return spawn.call(this, withPreload(started, preload));
  };
}
