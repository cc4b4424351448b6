import { failed, type Result, succeed } from '../core/failure.ts';
import type { Collection, Versioned } from '../records/index.ts';

const changedMeanwhile = failed('conflict', 'Somebody else changed it since you read it; read it again, and repeat the change.');

/** Reads what is to be changed: `conflict` when it is not any more what the caller saw (`If-Match`). */
export const needUnchanged = async <T, K>(from: Collection<T, K>, name: K, ifMatch: number | undefined): Promise<Result<Versioned<T>>> => {
  const there = await from.need(name);
  return there.ok && ifMatch !== undefined && there.value.revision !== ifMatch ? changedMeanwhile : there;
};

/** The fields of a body that were given: an absent field changes nothing. */
export const given = <T extends object>(body: T): { [Field in keyof T]?: Exclude<T[Field], undefined> } =>
  Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as never;

/** An answer about one entity. */
export const answered = <T>({ value, revision }: Versioned<T>, target: string) => succeed({ body: value, revision, target });
