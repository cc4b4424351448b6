import type { Result } from '../../core/failure.ts';
import type { EndState, Link } from './manifest.ts';
import type { TrustedKey } from './signature.ts';

/** A file of the evidence; paths are relative, with `/`. */
export interface ListedFile {
  readonly path: string;
  /** Bytes. */
  readonly size: number;
}

/** A file called manifest.json, with what lies beside it. */
export interface FoundManifest {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Bytes of manifest.sig.json; undefined when there is none. */
  readonly signature: Uint8Array | undefined;
}

/** What a verifier knows besides the evidence itself. */
export interface Expectations {
  /** Verify the chain of this cluster only. */
  readonly cluster?: string | undefined;
  /** The chain begins here, because retention removed what was before; 1 when left out. */
  readonly fromSequence?: number | undefined;
  /** The newest manifest that is known to exist: the chain must reach it. */
  readonly head?: { readonly sequence: number; readonly sha256?: string | undefined } | undefined;
}

/** Everything that verification looks at. */
export interface GivenEvidence {
  readonly files: readonly ListedFile[];
  readonly manifests: readonly FoundManifest[];
  readonly keys: readonly TrustedKey[];
  readonly expected: Expectations;
  /** Reads a file once, from beginning to end. */
  digest(path: string): Promise<Result<{ readonly sha256: string; readonly size: number }>>;
}

/** What does not fit, in the order in which it is looked for. */
export const problemCodes = [
  'manifest-unreadable',
  'other-cluster',
  'signature-missing',
  'signature-unreadable',
  'key-unknown',
  'signature-wrong',
  'first-missing',
  'fork',
  'sequence-twice',
  'out-of-order',
  'gap',
  'previous-differs',
  'truncated',
  'head-differs',
  'artefact-missing',
  'artefact-changed',
  'file-extra',
  'file-unsealed',
] as const;

/** The first thing that does not fit. */
export interface Problem {
  readonly code: (typeof problemCodes)[number];
  /** The file it is about. */
  readonly file: string;
  /** One sentence that names the file and what is wrong with it. */
  readonly say: string;
}

/** What is looked at, in this order; after a problem nothing more is, because each step trusts the ones before. */
export const stepNames = ['manifests', 'signatures', 'chain', 'artefacts', 'other files'] as const;
export interface Step {
  readonly name: (typeof stepNames)[number];
  readonly state: 'fits' | 'does not fit' | 'not looked at';
  /** What was seen; empty when nothing was. */
  readonly say: string;
}

/** One cluster's chain that was found. */
export interface ChainSummary {
  readonly project: string;
  readonly cluster: { readonly id: string; readonly name: string; readonly uid?: string | undefined };
  readonly manifests: number;
  readonly first: number;
  /** How many of the scans here ended in which way; ways that none ended in are left out. */
  readonly ended: Readonly<Partial<Record<EndState, number>>>;
  /** How many of the manifests seal an evaluation of the gate. */
  readonly evaluations: number;
  /** The newest manifest: keep it, it is what a later verification takes as its head. */
  readonly head: Link & { readonly sealedAt: string };
  /** Keys that signed it. */
  readonly keys: readonly string[];
}

export interface Verification {
  readonly fits: boolean;
  readonly problem: Problem | null;
  readonly steps: readonly Step[];
  readonly chains: readonly ChainSummary[];
  /** Sentences a reader should know that are no problem. */
  readonly notes: readonly string[];
}

/** A text from evidence as it may be shown: characters that command a terminal, or that nobody sees, are spelled out. */
export const shown = (text: string): string =>
  text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (one) => `\\u{${(one.codePointAt(0) as number).toString(16)}}`);
