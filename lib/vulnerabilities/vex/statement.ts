/** What a product's maker can say of a vulnerability (OpenVEX). */
export const vexStatuses = ['not_affected', 'affected', 'fixed', 'under_investigation'] as const;
export type VexStatus = (typeof vexStatuses)[number];

export const vexJustifications = [
  'component_not_present',
  'vulnerable_code_not_present',
  'vulnerable_code_not_in_execute_path',
  'vulnerable_code_cannot_be_controlled_by_adversary',
  'inline_mitigations_already_exist',
] as const;
export type VexJustification = (typeof vexJustifications)[number];

/** A thing a statement names: a package, an image, or a file. Any of them fits. */
export interface VexSubject {
  /** Package URLs, and names of images where a document has no better. */
  readonly names: readonly string[];
  /** `sha256:…` */
  readonly digests: readonly string[];
}

export interface VexProduct extends VexSubject {
  /** Parts of the product that the statement is about; the whole product when there are none. */
  readonly parts: readonly VexSubject[];
}

/** One thing that a VEX document says. */
export interface VexStatement {
  /** All names of the vulnerability. */
  readonly vulnerability: readonly string[];
  /** Empty: the document names none; then it speaks of nothing here. */
  readonly products: readonly VexProduct[];
  readonly status: VexStatus;
  readonly justification?: VexJustification;
  /** Its author's own words: why, or what to do. */
  readonly words?: string;
  /** ISO 8601; the latest statement holds. */
  readonly at?: string;
  /** Id of the document. */
  readonly document: string;
  readonly author?: string;
}

/** What a statement says of one match. `not_affected` and `fixed` take it out of the count; it is still shown. */
export interface VexMark extends Omit<VexStatement, 'vulnerability' | 'products'> {}
