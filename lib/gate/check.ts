import type { Slice } from '../core/facts/index.ts';
import type { GateFacts, GateSlice, GateSlices, GateVersion, ObjectName } from '../core/gate/index.ts';
import type { Outcome, Severity } from '../core/outcome.ts';

/** The change the gate is asked about. */
export interface Upgrade {
  /** What the API server runs. */
  readonly current: GateVersion;
  readonly target: GateVersion;
  /** Minors behind the newest one that are supported; 3 unless a site says otherwise. */
  readonly supportWindow: number;
}

export const categories = [
  'path',
  'skew',
  'api',
  'addon',
  'health',
  'drain',
  'webhook',
  'certificate',
  'break',
  'backup',
  'window',
  'scan',
  'override',
] as const;
export type Category = (typeof categories)[number];

type SliceValue<K extends GateSlice> = GateSlices[K] extends Slice<infer T> ? T : never;

/** What a check sees: the slices it reads, already read; those it may read, as they are. */
export type SeenFacts<R extends GateSlice, M extends GateSlice> = { readonly [K in R]: SliceValue<K> } & {
  readonly [K in M]: GateSlices[K];
} & {
  readonly upgrade: Upgrade;
  readonly cluster: GateFacts['cluster'];
  /** Time of the evaluation, ISO 8601. */
  readonly now: string;
};

/** An object that a check names, with what is wrong about it in a few words. */
export interface Named extends ObjectName {
  readonly detail?: string;
}

/** What a check says of the upgrade as a whole. */
export interface CheckAnswer {
  readonly outcome: Extract<Outcome, 'pass' | 'fail' | 'unknown' | 'not-applicable'>;
  /** One sentence; when it fails it names what is in the way. */
  readonly message: string;
  /** What is in the way, each by its own name; empty where nothing is. */
  readonly resources: readonly Named[];
  /** Overrides the repair of the check. */
  readonly repair?: string;
}

/**
 * One statement that should hold before, or after, an upgrade. Pure; sees the slices it names and nothing else. A slice in `reads` that was not read makes it `unknown` with the
 * reason, and a check that throws is `error`: the runner sees to both.
 */
export interface GateCheck<R extends GateSlice = GateSlice, M extends GateSlice = GateSlice> {
  /** `<category>.<name>`, e.g. `drain.pdb`; never changes. */
  readonly id: string;
  readonly category: Category;
  /** What holds when it passes, in one line. */
  readonly title: string;
  readonly severity: Severity;
  /** Why it matters, as a sentence. */
  readonly why: string;
  /** How to repair it, as a sentence. */
  readonly repair: string;
  /** Public pages to read on. */
  readonly links: readonly string[];
  readonly reads: readonly R[];
  readonly mayRead: readonly M[];
  evaluate(seen: SeenFacts<R, M>): CheckAnswer;
}

/** A check whose slices no longer matter to the compiler: what lists and the runner hold. */
// biome-ignore lint/suspicious/noExplicitAny: as for AnyCheck of the scans: the runner hands each check what it names.
export type AnyGateCheck = GateCheck<any, any>;

type Definition<R extends GateSlice, M extends GateSlice> = Omit<GateCheck<R, M>, 'mayRead'> & { readonly mayRead?: readonly M[] };
export const defineGateCheck = <R extends GateSlice, M extends GateSlice = never>(definition: Definition<R, M>): GateCheck<R, M> => ({
  mayRead: [],
  ...definition,
});

export const passes = (message: string): CheckAnswer => ({ outcome: 'pass', message, resources: [] });
export const fails = (message: string, resources: readonly Named[] = [], repair?: string): CheckAnswer => ({
  outcome: 'fail',
  message,
  resources,
  ...(repair === undefined ? {} : { repair }),
});
export const isUnknown = (message: string, resources: readonly Named[] = []): CheckAnswer => ({ outcome: 'unknown', message, resources });
export const doesNotApply = (message: string): CheckAnswer => ({ outcome: 'not-applicable', message, resources: [] });

/** An object as sentences name it: `shop/front`, or `worker-1`. */
export const objectText = ({ namespace, name }: ObjectName): string => (namespace === undefined ? name : `${namespace}/${name}`);

/** Names in a sentence: the first few, and how many more. */
export const namesText = (resources: readonly ObjectName[], most = 5): string => {
  const names = [...new Set(resources.map(objectText))];
  const more = names.length - most;
  return more > 0 ? `${names.slice(0, most).join(', ')} and ${more} more` : names.join(', ');
};

/** One example that a check must answer as stated. `given` holds values of the slices it reads, and slices it may read as they are. */
export interface GateCase<R extends GateSlice = GateSlice, M extends GateSlice = GateSlice> {
  readonly name: string;
  /** `1.35.4 to 1.36.3`; that unless told otherwise. */
  readonly upgrade?: string;
  readonly given: Omit<SeenFacts<R, M>, 'upgrade' | 'cluster' | 'now'>;
  readonly now?: string;
  readonly expect: CheckAnswer['outcome'];
  /** A piece of text that message, resources or repair must contain. */
  readonly says?: string;
}

export const gateCasesFor = <R extends GateSlice, M extends GateSlice>(
  _check: GateCheck<R, M>,
  cases: readonly GateCase<R, M>[],
): readonly GateCase<R, M>[] => cases;
