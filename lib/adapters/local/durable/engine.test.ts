import { afterEach, describe, expect, it } from 'vitest';
import { newPath, openEngine, type TestEngine } from '../../../../test/support/durable-engine.ts';
import { counter, everyAnswer, everyBody, everyOperation } from '../../../../test/support/durable-workflow.ts';

const open: TestEngine[] = [];
const engineOf = (...args: Parameters<typeof openEngine>): TestEngine => {
  const opened = openEngine(...args);
  open.push(opened);
  return opened;
};
afterEach(async () => {
  for (const { engine, database } of open.splice(0)) {
    await engine.close(0);
    database.close();
  }
});

const gate = () => Promise.withResolvers<void>();

describe('a run over SQLite', () => {
  it('goes through every kind of operation, each body as often as it should', { timeout: 30_000 }, async () => {
    const bodies = counter();
    const { engine, ended } = engineOf(newPath(), {
      every: everyOperation({
        does: bodies.count,
        submits: (id) => void expect(engine.completeCallback(id, 'yes')).toMatchObject({ ok: true }),
      }),
    });
    engine.resume();
    expect(engine.start('run-1', 'every', { items: [1, 2, 3] })).toEqual({ ok: true, value: { isNew: true } });
    const run = await ended('run-1');
    expect(run).toMatchObject({ state: 'succeeded', result: everyAnswer, payload: { items: [1, 2, 3] }, handler: 'every' });
    expect(bodies.counts).toEqual(everyBody);
    expect(run.attempts, 'it was invoked again after each wait').toBeGreaterThan(4);
  });

  it('whose history is longer than a page is replayed whole', async () => {
    const bodies = counter();
    const many = async (_event: never, context: Parameters<ReturnType<typeof everyOperation>>[1]) => {
      for (const id of ['a', 'b', 'c', 'd', 'e']) await context.step(id, async () => bodies.count(id));
      await context.wait('pause', { seconds: 1 });
      return context.step('f', async () => 'end');
    };
    const { engine, ended } = engineOf(newPath(), { many }, { limits: { pageSize: 2 } });
    engine.resume();
    engine.start('run-1', 'many', {});
    expect(await ended('run-1')).toMatchObject({ state: 'succeeded', result: 'end', attempts: 2 });
    expect(bodies.counts).toEqual({ a: 1, b: 1, c: 1, d: 1, e: 1 });
  });

  it('that throws is failed, with the name and the words of the error', async () => {
    const { engine, ended } = engineOf(newPath(), {
      bad: async () => {
        throw new RangeError('out of range');
      },
    });
    engine.resume();
    engine.start('run-1', 'bad', {});
    expect(await ended('run-1')).toMatchObject({ state: 'failed', error: { name: 'RangeError', message: 'out of range' } });
  });

  it('whose handler is gone, or that returns too much, or that calls other functions, fails with a sentence', async () => {
    const { engine, ended } = engineOf(
      newPath(),
      {
        large: async () => 'x'.repeat(300_000),
        largeStep: async (_event, context) => context.step('collect', async () => 'x'.repeat(300_000)),
        chained: async (_event, context) => context.invoke('other', 'other-function', {}),
      },
      { limits: { stumbles: 1 } },
    );
    engine.resume();
    for (const handler of ['gone', 'large', 'largeStep', 'chained']) engine.start(handler, handler, {});
    expect((await ended('gone')).error?.message).toContain('has no handler "gone"');
    expect((await ended('large')).error?.message).toContain('return its key');
    expect((await ended('largeStep')).error?.message).toContain('STEP "collect" returns is');
    expect((await ended('chained')).error?.message).toContain('cannot invoke another function on one machine');
  });
});

describe('starting', () => {
  it('twice is one run; with another payload it is a conflict', async () => {
    const bodies = counter();
    const { engine, ended } = engineOf(newPath(), {
      once: async (_event, context) => context.step('only', async () => bodies.count('only')),
    });
    engine.start('run-1', 'once', { a: 1, b: 2 });
    expect(engine.start('run-1', 'once', { b: 2, a: 1 })).toEqual({ ok: true, value: { isNew: false } });
    engine.resume();
    await ended('run-1');
    expect(engine.start('run-1', 'once', { a: 1, b: 2 }), 'also when it has ended').toEqual({ ok: true, value: { isNew: false } });
    expect(engine.start('run-1', 'once', { a: 2 })).toMatchObject({ ok: false, failure: { code: 'conflict' } });
    expect(bodies.counts).toEqual({ only: 1 });
  });

  it('more than the limit at a time makes the others wait', async () => {
    const gates = { a: gate(), b: gate(), c: gate() };
    const running = new Set<string>();
    let most = 0;
    const work = async ({ id }: { id: 'a' | 'b' | 'c' }) => {
      running.add(id);
      most = Math.max(most, running.size);
      await gates[id].promise;
      running.delete(id);
    };
    const { engine, ended, said } = engineOf(newPath(), { work }, { concurrency: 2 });
    engine.resume();
    for (const id of ['a', 'b', 'c']) engine.start(id, 'work', { id });
    await said('DURABLE_RUN_INVOKED', 'b');
    await expect.poll(() => [...running]).toEqual(['a', 'b']);
    gates.a.resolve();
    await said('DURABLE_RUN_INVOKED', 'c');
    gates.b.resolve();
    gates.c.resolve();
    await Promise.all(['a', 'b', 'c'].map(ended));
    expect(most).toBe(2);
  });
});

describe('ending from outside', () => {
  it('stops a run at once, tells its step, and writes nothing of it any more', async () => {
    const bodies = counter();
    const started = gate();
    const { engine, ended } = engineOf(newPath(), {
      long: async (_event, context) => {
        const { signal } = context.lambdaContext as unknown as { signal: AbortSignal };
        await context.step('endless', async () => {
          started.resolve();
          await new Promise((resolve) => signal.addEventListener('abort', resolve));
          bodies.count('told');
        });
        await context.step('never', async () => bodies.count('never'));
      },
    });
    engine.resume();
    engine.start('run-1', 'long', {});
    await started.promise;
    expect(engine.stop('run-1', 'Cancelled by Ada.')).toEqual({ ok: true, value: undefined });
    expect(await ended('run-1')).toMatchObject({ state: 'stopped', error: { name: 'Stopped', message: 'Cancelled by Ada.' } });
    expect(engine.stop('run-1', 'again')).toMatchObject({ ok: false, failure: { code: 'conflict' } });
    expect(engine.stop('run-2', 'unknown')).toMatchObject({ ok: false, failure: { code: 'not-found' } });
    await engine.close(5000);
    expect(bodies.counts).toEqual({ told: 1 });
    expect(engine.describe('run-1')).toMatchObject({ state: 'stopped' });
  });

  it('ends a run at its time limit, also one that only waits', async () => {
    const { engine, ended } = engineOf(
      newPath(),
      { sleepy: async (_event, context) => context.wait('long', { hours: 1 }) },
      { timeLimitMs: 300 },
    );
    engine.resume();
    engine.start('run-1', 'sleepy', {});
    expect(await ended('run-1')).toMatchObject({ state: 'timed-out', error: { name: 'TimeLimit' } });
  });

  it('gives up on a run that never gets any further', async () => {
    const { engine, ended } = engineOf(
      newPath(),
      { stuck: async (_event, context) => context.step('odd', async () => 1n) },
      { limits: { stumbles: 2 } },
    );
    engine.resume();
    engine.start('run-1', 'stuck', {});
    const run = await ended('run-1');
    expect(run).toMatchObject({ state: 'failed', error: { name: 'NoProgress' }, attempts: 2 });
  });

  it('tells of every end, again until it is heard', async () => {
    const heard: string[] = [];
    const path = newPath();
    const deaf = engineOf(
      path,
      { quick: async () => 'done' },
      {
        ended: () => {
          throw new Error('not listening');
        },
      },
    );
    deaf.engine.resume();
    deaf.engine.start('run-1', 'quick', {});
    await deaf.said('DURABLE_END_NOT_TOLD', 'run-1');
    expect(deaf.engine.sweep('9999'), 'an end nobody has heard of is kept').toBe(0);
    await deaf.engine.close();
    const all = gate();
    const next = engineOf(
      path,
      {},
      {
        ended: ({ name, state, result }) => {
          heard.push(`${name} ${state} ${result}`);
          all.resolve();
        },
      },
    );
    next.engine.resume();
    await all.promise;
    expect(heard).toEqual(['run-1 succeeded done']);
  });
});

describe('callbacks', () => {
  const asking = (told: (id: string) => void, config = {}) => ({
    ask: async (_event: never, context: Parameters<ReturnType<typeof everyOperation>>[1]) =>
      context.waitForCallback('answer', async (id) => told(id), config).catch((error: unknown) => `${error}`),
  });

  it('wake a run that waits, once', async () => {
    const told = Promise.withResolvers<string>();
    const { engine, ended, said } = engineOf(newPath(), asking(told.resolve));
    engine.resume();
    engine.start('run-1', 'ask', {});
    const id = await told.promise;
    await said('DURABLE_RUN_WAITS', 'run-1');
    expect(engine.heartbeatCallback(id)).toMatchObject({ ok: true });
    expect(engine.completeCallback(id, '{"raw":true}')).toMatchObject({ ok: true });
    expect(await ended('run-1')).toMatchObject({ state: 'succeeded', result: '{"raw":true}' });
    expect(engine.completeCallback(id, 'again')).toMatchObject({ ok: false, failure: { code: 'conflict' } });
    expect(engine.completeCallback('unknown', 'x')).toMatchObject({ ok: false, failure: { code: 'not-found' } });
  });

  it('that fail, that are late and that fall silent reach the run as errors', { timeout: 15_000 }, async () => {
    const ids: string[] = [];
    const told = (id: string) => void ids.push(id);
    const { engine, ended, said } = engineOf(newPath(), {
      fails: asking(told).ask,
      late: asking(told, { timeout: { seconds: 1 } }).ask,
      silent: asking(told, { timeout: { seconds: 60 }, heartbeatTimeout: { seconds: 1 } }).ask,
    });
    engine.resume();
    engine.start('fails', 'fails', {});
    await said('DURABLE_RUN_WAITS', 'fails');
    engine.failCallback(ids[0] ?? '', { name: 'Refused', message: 'no' });
    engine.start('late', 'late', {});
    engine.start('silent', 'silent', {});
    expect((await ended('fails')).result).toBe('CallbackExternalError: no');
    expect((await ended('late')).result).toBe('CallbackTimeoutError: Callback timed out');
    expect((await ended('silent')).result).toBe('CallbackTimeoutError: Callback timed out on heartbeat');
  });
});

describe('closing', () => {
  it('lets the step under way end, begins no other, and the next engine goes on after it', async () => {
    const path = newPath();
    const bodies = counter();
    const [started, may] = [gate(), gate()];
    const two = async (_event: never, context: Parameters<ReturnType<typeof everyOperation>>[1]) => {
      await context.step('first', async () => {
        bodies.count('first');
        started.resolve();
        await may.promise;
      });
      return context.step('second', async () => bodies.count('second'));
    };
    const before = engineOf(path, { two });
    before.engine.resume();
    before.engine.start('run-1', 'two', {});
    await started.promise;
    const closing = before.engine.close(20_000);
    may.resolve();
    await closing;
    expect(bodies.counts).toEqual({ first: 1 });
    const after = engineOf(path, { two });
    after.engine.resume();
    expect(await after.ended('run-1')).toMatchObject({ state: 'succeeded', attempts: 2 });
    expect(bodies.counts).toEqual({ first: 1, second: 1 });
  });

  it('leaves a step that does not end in time; it runs again, and what is left of it writes nothing', async () => {
    const path = newPath();
    const bodies = counter();
    const [started, may] = [gate(), gate()];
    const slow = async (_event: never, context: Parameters<ReturnType<typeof everyOperation>>[1]) =>
      context.step('slow', async () => {
        bodies.count('slow');
        started.resolve();
        if (bodies.counts.slow === 1) await may.promise;
        return bodies.counts.slow;
      });
    const before = engineOf(path, { slow });
    before.engine.resume();
    before.engine.start('run-1', 'slow', {});
    await started.promise;
    await before.engine.close(50);
    const after = engineOf(path, { slow });
    after.engine.resume();
    expect(await after.ended('run-1')).toMatchObject({ state: 'succeeded', result: 2 });
    may.resolve();
    expect(after.engine.describe('run-1')).toMatchObject({ result: 2 });
  });
});

describe('upkeep', () => {
  it('removes old runs with their histories, and no others', async () => {
    const { engine, database, ended, said } = engineOf(newPath(), {
      quick: async (_event, context) => context.step('only', async () => 1),
      sleepy: async (_event, context) => context.wait('long', { hours: 1 }),
    });
    engine.resume();
    engine.start('old', 'quick', {});
    engine.start('waiting', 'sleepy', {});
    await ended('old');
    await said('DURABLE_RUN_WAITS', 'waiting');
    await expect.poll(() => engine.sweep('9999')).toBe(1);
    expect(engine.describe('old')).toBeUndefined();
    expect(engine.describe('waiting')).toMatchObject({ state: 'running' });
    expect(database.prepare('SELECT DISTINCT execution FROM durable_operations').all()).toEqual([{ execution: 'waiting' }]);
  });

  it('refuses a second engine on the same file, in this process too, until the first is closed', async () => {
    const path = newPath();
    const first = engineOf(path, {});
    expect(() => openEngine(path, {})).toThrow(/are driven by the process \d+ since .* Stop it first/);
    await first.engine.close();
    engineOf(path, {});
  });
});
