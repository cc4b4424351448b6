/** One slice of facts: what was read, or the sentence that says why it was not (which right, route or option is missing). */
export type Slice<T> = { readonly read: true; readonly value: T } | { readonly read: false; readonly reason: string };

export const seen = <T>(value: T): Slice<T> => ({ read: true, value });
export const unseen = (reason: string): { readonly read: false; readonly reason: string } => ({ read: false, reason });
