/** Calls `tick` now and then at the beginning of every minute, never two at a time; a tick that takes longer than a minute is followed by the next one at once. */
export const startTicker = (tick: () => Promise<void>, broken: (error: unknown) => void): { stop(): Promise<void> } => {
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  let running = Promise.resolve();
  const plan = (): void => {
    if (isStopped) return;
    const untilNextMinute = 60_000 - (Date.now() % 60_000);
    timer = setTimeout(go, untilNextMinute);
  };
  const go = (): void => {
    running = tick().catch(broken).then(plan);
  };
  go();
  return {
    stop: async () => {
      isStopped = true;
      clearTimeout(timer);
      await running;
    },
  };
};
