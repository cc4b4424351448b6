/** Runs at most `most` of the tasks given to it at a time; the others wait for their turn, in order. */
export const limiter = (most: number): (<T>(task: () => Promise<T>) => Promise<T>) => {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (task) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await task();
    } finally {
      // The turn is handed on, so the count stays as it is; only the last one gives it back.
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
};
