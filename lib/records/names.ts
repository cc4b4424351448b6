import { failed, type Result, succeed } from '../core/failure.ts';
import type { RecordStore, StoredRecord } from '../ports/record-store.ts';

/** Kinds of things whose names are unique, each in its scope. */
export type NameScope = 'projects' | 'teams' | `roles/${'tenant' | 'project'}` | `clusters/${string}` | `connections/${string}`;

const ownerIn = async ({ data }: StoredRecord): Promise<string> => (await import('./schemas.ts')).Reservation.parse(data).id;
/** One spelling for names that look equal. */
const fold = (name: string): string => name.normalize('NFKC').trim().toLowerCase();
/** Whether two names are one to people: letter case and the way an accent is written do not tell things apart. */
export const isSameName = (one: string, other: string): boolean => fold(one) === fold(other);

/**
 * Unique names without transactions: a name is a record of its own, put if absent, that says whose it is. A reservation whose owner does not exist (its maker died in between) is taken over.
 */
export const createNames = (store: RecordStore) => {
  const keyOf = (scope: NameScope, name: string) => ({ pk: `NAMES#${scope}`, sk: fold(name) });
  return {
    /** Reserves a name for `id`; `conflict` when it is somebody else's who `exists`. */
    reserve: async (scope: NameScope, name: string, id: string, exists: (id: string) => Promise<boolean>): Promise<Result<void>> => {
      const key = keyOf(scope, name);
      const taken = failed('conflict', `The name "${name}" is taken; choose another one.`);
      const there = await store.get(key);
      if (there) {
        const owner = await ownerIn(there);
        if (owner === id) return succeed(undefined);
        if (await exists(owner)) return taken;
      }
      const written = await store.put({ ...key, data: { id } }, there ? { revision: there.revision } : { absent: true });
      if (written.ok) return succeed(undefined);
      return written.failure.code === 'conflict' ? taken : written;
    },
    /**
     * To be called once the owner is stored. `conflict` when somebody took the reservation over before, believing that its owner had died; afterwards nobody who looked earlier can: this write
     * makes what they saw outdated.
     */
    confirm: async (scope: NameScope, name: string, id: string): Promise<Result<void>> => {
      const key = keyOf(scope, name);
      const lost = failed('conflict', `The name "${name}" was taken by somebody else at the same moment; choose another one.`);
      const there = await store.get(key);
      if (!there || (await ownerIn(there)) !== id) return lost;
      const written = await store.put({ ...key, data: { id } }, { revision: there.revision });
      if (written.ok) return succeed(undefined);
      return written.failure.code === 'conflict' ? lost : written;
    },
    /** Gives a name back, unless it is somebody else's by now. */
    release: async (scope: NameScope, name: string, id: string): Promise<void> => {
      const there = await store.get(keyOf(scope, name));
      if (there && (await ownerIn(there)) === id) await store.remove(keyOf(scope, name), { revision: there.revision });
    },
    /** Whose name it is. */
    ownerOf: async (scope: NameScope, name: string): Promise<string | undefined> => {
      const there = await store.get(keyOf(scope, name));
      return there && ownerIn(there);
    },
  };
};
export type Names = ReturnType<typeof createNames>;
