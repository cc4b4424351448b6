/** One slice of facts: what was read, or the sentence that says why it was not (which right, route or option is missing). */
export type Slice<T> = { readonly read: true; readonly value: T } | Unread;

export interface Unread {
  readonly read: false;
  readonly reason: string;
  /** Rights that would have helped, as `doctor` writes them: `list pods in kube-system`. */
  readonly missing?: readonly string[];
}

export const seen = <T>(value: T): Slice<T> => ({ read: true, value });
export const unseen = (reason: string): Unread => ({ read: false, reason });

/** The sentence for rights that are missing. */
export const missingRights = (rights: readonly string[]): string =>
  rights.length === 1 ? `The right to ${rights[0]} is missing.` : `These rights are missing: ${rights.join(', ')}.`;

/** A slice that nobody may read. */
export const forbidden = (...rights: readonly string[]): Unread => ({ read: false, reason: missingRights(rights), missing: rights });
