/**
 * A port whose adapter, and the client library below it, is loaded when it is first asked something: a function starts in a fraction of the time, and never loads what a call does not need.
 * For ports whose every method answers a promise.
 */
export const lazily = <Port extends object>(open: () => Promise<Port>): Port => {
  let opened: Promise<Port> | undefined;
  const port = (): Promise<Port> => {
    opened ??= open().catch((error: unknown) => {
      // what failed to load is tried again by the next call
      opened = undefined;
      throw error;
    });
    return opened;
  };
  const method =
    (name: PropertyKey) =>
    async (...given: unknown[]): Promise<unknown> =>
      (Reflect.get(await port(), name) as (...given: unknown[]) => unknown)(...given);
  // `then` would make the port itself look like a promise
  return new Proxy({}, { get: (_, name) => (name === 'then' ? undefined : method(name)) }) as Port;
};
