/** How much of the suite is run. */
export const conformanceModes = ['quick', 'non-disruptive', 'certified', 'custom'] as const;
export type ConformanceMode = (typeof conformanceModes)[number];

/** Which tests run: regular expressions (RE2) over their full names, as the suite itself takes them. */
export interface Selection {
  readonly focus: string;
  /** Empty: nothing is skipped. */
  readonly skip: string;
}

/** Every conformance test carries this tag. */
const everyConformanceTest = '\\[Conformance\\]';
/** Tests that disturb what else runs in the cluster; the second name is of two whose tag older suites lack. */
const disruptive = '\\[Disruptive\\]|NoExecuteTaintManager';

const fixed: Readonly<Record<Exclude<ConformanceMode, 'custom'>, Selection>> = {
  quick: { focus: 'Pods should be submitted and removed', skip: '' },
  'non-disruptive': { focus: everyConformanceTest, skip: disruptive },
  certified: { focus: everyConformanceTest, skip: '' },
};

/** What the user chose of the tests. */
export interface ChosenTests {
  /** `non-disruptive` unless told otherwise; `custom` when a focus or a skip is named. */
  readonly mode?: ConformanceMode | undefined;
  /** `custom` only. */
  readonly focus?: string | undefined;
  readonly skip?: string | undefined;
}

export const modeOf = ({ mode, focus, skip }: ChosenTests): ConformanceMode =>
  mode ?? (focus !== undefined || skip !== undefined ? 'custom' : 'non-disruptive');

/** Focus and skip of a mode. A custom run without a focus takes every conformance test but what it skips. */
export const selectionOf = (chosen: ChosenTests): Selection => {
  const mode = modeOf(chosen);
  return mode === 'custom' ? { focus: chosen.focus ?? everyConformanceTest, skip: chosen.skip ?? '' } : fixed[mode];
};
