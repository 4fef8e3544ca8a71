import type { Band } from '../../engine/audit/index.ts';

/** What tests are sorted into by their strength; those that are not run have none. */
export type Group = Band | 'not run';

/** How a group is told: never by colour alone. */
export interface GroupLook {
  label: string;
  /** The strengths that lie in it. */
  strengths: string;
  /** Name of its codicon; no two groups share a shape. */
  icon: string;
  /** What it means, for the tooltip. */
  meaning: string;
  /** For class names. */
  name: string;
}

/** All groups, the weakest first. */
export const GROUPS: Readonly<Record<Group, GroupLook>> = {
  'execution only': {
    label: 'Execution only',
    strengths: '0–20',
    icon: 'error',
    meaning: 'They run code and assert nothing that counts: only what throws is noticed',
    name: 'execution',
  },
  weak: { label: 'Weak', strengths: '21–50', icon: 'warning', meaning: 'They assert little, for example only that something is there', name: 'weak' },
  behaviour: { label: 'Behaviour', strengths: '51–80', icon: 'pass', meaning: 'They assert what the code comes to', name: 'behaviour' },
  comprehensive: {
    label: 'Comprehensive',
    strengths: '81–100',
    icon: 'verified',
    meaning: 'They assert several independent facts',
    name: 'comprehensive',
  },
  'not run': {
    label: 'Not run',
    strengths: '',
    icon: 'debug-step-over',
    meaning: 'They are skipped, or another one keeps them from running',
    name: 'skipped',
  },
};

/** All groups in the order in which they are shown. */
export const GROUP_ORDER = Object.keys(GROUPS) as Group[];
