import type { Result } from '../core/failure.ts';
import type { Collection, Versioned } from '../records/index.ts';
import { isSameName, type NameScope, type Names } from '../records/names.ts';

interface Named {
  readonly id: string;
  readonly name: string;
}

/** Entities whose names are unique in a scope, and where the names are kept. */
export interface NamedEntities<T extends Named> {
  readonly names: Names;
  readonly scope: NameScope;
  readonly entities: Collection<T, string>;
}

/** Whether an entity goes by that name: a reservation that a crash left behind says so of one that does not. */
const goesBy =
  <T extends Named>({ entities }: NamedEntities<T>, name: string) =>
  async (id: string): Promise<boolean> => {
    const there = await entities.get(id);
    return there !== undefined && isSameName(there.value.name, name);
  };

/** Gives a name back that is not used after all, unless the same entity got it in another way meanwhile. */
const giveBack = async <T extends Named>(of: NamedEntities<T>, { id, name }: T): Promise<void> => {
  if (!(await goesBy(of, name)(id))) await of.names.release(of.scope, name, id);
};

/** Stores a new entity under its name; `conflict` when the name is taken. */
export const createNamed = async <T extends Named>(of: NamedEntities<T>, value: T): Promise<Result<Versioned<T>>> => {
  const { names, scope, entities } = of;
  const reserved = await names.reserve(scope, value.name, value.id, goesBy(of, value.name));
  if (!reserved.ok) return reserved;
  const created = await entities.create(value);
  if (!created.ok) {
    await giveBack(of, value);
    return created;
  }
  const confirmed = await names.confirm(scope, value.name, value.id);
  if (confirmed.ok) return created;
  await entities.remove(value.id);
  return confirmed;
};

/** Replaces an entity, under a new name where it has one; `conflict` when the name is taken or the entity was changed meanwhile. */
export const replaceNamed = async <T extends Named>(of: NamedEntities<T>, old: Versioned<T>, value: T): Promise<Result<Versioned<T>>> => {
  const { names, scope, entities } = of;
  if (isSameName(old.value.name, value.name)) return entities.replace(old, value);
  const reserved = await names.reserve(scope, value.name, value.id, goesBy(of, value.name));
  if (!reserved.ok) return reserved;
  const replaced = await entities.replace(old, value);
  if (!replaced.ok) {
    await giveBack(of, value);
    return replaced;
  }
  const confirmed = await names.confirm(scope, value.name, value.id);
  if (!confirmed.ok) {
    await entities.replace(replaced.value, old.value);
    return confirmed;
  }
  await names.release(scope, old.value.name, value.id);
  return replaced;
};

/** Removes an entity and gives its name back. */
export const removeNamed = async <T extends Named>(of: NamedEntities<T>, old: Versioned<T>): Promise<Result<void>> => {
  const removed = await of.entities.remove(old.value.id, old.revision);
  if (removed.ok) await of.names.release(of.scope, old.value.name, old.value.id);
  return removed;
};
