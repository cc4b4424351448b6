import { afterEach, describe, expect, it } from 'vitest';
import { doorOf, saying, senderTo, shortLimits, type Target, tcpTarget } from '../../../../test/support/probe-targets.ts';
import type { Probe } from '../../../checks/exposure/probe.ts';
import type { Door, ProbeAnswer } from '../../../core/probing/index.ts';
import type { ProbeSender } from '../../../ports/probe-sender.ts';
import { type LookInput, look } from './look.ts';

const targets: Target[] = [];
const kept = async (target: Promise<Target>): Promise<Target> => {
  const one = await target;
  targets.push(one);
  return one;
};
afterEach(async () => {
  for (const target of targets.splice(0)) await target.close();
});

const ok = (body: string): string => `HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
const page = (body: string) => saying(ok(body));
const closedDoor = async (): Promise<Door> => {
  const target = await tcpTarget();
  await target.close();
  return doorOf(target);
};

/** A probe that reads one page and repeats what it says, which no real one does. */
const echo = (change: Partial<Probe> = {}): Probe => ({
  id: 'exposure/test/echo',
  covers: ['T-01'],
  title: 'It says nothing',
  severity: 'low',
  why: 'It does.',
  repair: 'Close it.',
  techniques: [],
  references: [],
  intrusiveness: 'reading',
  leaves: 'Nothing.',
  doors: { places: ['node'] },
  send: (_, soFar) => (soFar.length === 0 ? [{ is: 'http', over: 'plain', method: 'GET', path: '/x' }] : []),
  judge: (_, [asked]) =>
    asked?.answer.is === 'http'
      ? { outcome: 'fail', message: asked.answer.body, evidence: [{ looked: 'GET /x', found: asked.answer.body }] }
      : undefined,
  ...change,
});

const lookAt = async (doors: readonly Door[], probes: readonly Probe[], more: Partial<LookInput> = {}) => {
  const sender = senderTo(doors, { limits: { ...shortLimits, answerMs: 2_000, wholeMs: 4_000 } });
  const { signal } = new AbortController();
  return look({ vantage: 'external', doors, probes, sender, now: '2026-01-01T00:00:00Z', signal, progress: () => undefined, ...more });
};

it('every door has its state, and only open ones are asked', async () => {
  const open = await kept(tcpTarget(page('hello')));
  const doors = [await closedDoor(), doorOf(open)];
  const sight = await lookAt(doors, [echo()]);
  expect(sight.doors).toEqual([
    { door: doors[0], state: 'closed' },
    { door: doors[1], state: 'open' },
  ]);
  expect(sight.notes).toEqual([
    {
      probe: 'exposure/test/echo',
      door: 1,
      outcome: 'fail',
      message: 'hello',
      evidence: [{ looked: 'GET /x', found: 'hello' }],
    },
  ]);
  expect(sight.exchanges.map(({ sent }) => sent)).toContain('GET /x');
  expect(sight.exchanges.filter(({ endpoint }) => endpoint === `127.0.0.1:${doors[0]?.port}`)).toHaveLength(1);
});

it('notes stand in the order of the doors, whoever answered first', async () => {
  const slow = await kept(tcpTarget((socket) => socket.once('data', () => setTimeout(() => socket.end(ok('slow')), 100))));
  const fast = await kept(tcpTarget(page('fast')));
  const { notes } = await lookAt([doorOf(slow), doorOf(fast)], [echo()]);
  expect(notes.map(({ door, message }) => [door, message])).toEqual([
    [0, 'slow'],
    [1, 'fast'],
  ]);
});

it('a probe is put to doors it is for: by place, by port or hint, by what it recognises, by vantage', async () => {
  const doors = [
    doorOf(await kept(tcpTarget(page('a')))),
    doorOf(await kept(tcpTarget(page('b'))), { hints: [9090] }),
    doorOf(await kept(tcpTarget(page('Prometheus')))),
    doorOf(await kept(tcpTarget(page('d'))), { place: 'published' }),
  ];
  const asked = async (rule: Probe['doors']): Promise<readonly number[]> =>
    (await lookAt(doors, [echo({ doors: rule })])).notes.map(({ door }) => door);
  expect(await asked({ places: ['node'] })).toEqual([0, 1, 2]);
  expect(await asked({ places: ['published'] })).toEqual([3]);
  expect(await asked({ places: ['node'], ports: [9090] })).toEqual([1]);
  expect(await asked({ places: ['node'], ports: [9090], recognise: ({ greeting }) => greeting.page?.body === 'Prometheus' })).toEqual([
    1, 2,
  ]);
  expect(await asked({ places: ['node', 'published'], vantages: ['internal'] })).toEqual([]);
});

describe('what a server says', () => {
  it('is kept short, on one line, without secrets', async () => {
    const token = `eyJhbGciOiJSUzI1NiJ9.${'a'.repeat(40)}.${'b'.repeat(40)}`;
    const target = await kept(tcpTarget(page(`\u001b[31mred\r\n\u0000${token} ${'long '.repeat(200)}`)));
    const [note] = (await lookAt([doorOf(target)], [echo()])).notes;
    for (const text of [note?.message ?? '', note?.evidence[0]?.found ?? '']) {
      expect(text).toMatch(/red/);
      expect(text).not.toMatch(/\p{Cc}/u);
      expect(text).not.toContain('aaaa');
      expect(text.length).toBeLessThanOrEqual(401);
    }
  });
});

describe('a probe that breaks', () => {
  it.each<[string, Partial<Probe>]>([
    [
      'when it judges',
      {
        judge: () => {
          throw new TypeError('boom');
        },
      },
    ],
    [
      'when it asks',
      {
        send: () => {
          throw new TypeError('boom');
        },
      },
    ],
  ])('%s is an error of that probe alone', async (_, broken) => {
    const target = await kept(tcpTarget(page('fine')));
    const { notes } = await lookAt([doorOf(target)], [echo({ id: 'exposure/test/broken', ...broken }), echo()]);
    expect(notes).toMatchObject([
      {
        probe: 'exposure/test/broken',
        outcome: 'error',
        message: expect.stringContaining('defect of Gatehouse'),
        evidence: [{ found: 'TypeError: boom' }],
      },
      { probe: 'exposure/test/echo', outcome: 'fail' },
    ]);
  });
});

it('a probe without an end is asked six times and no more', async () => {
  const target = await kept(tcpTarget(page('again')));
  const { exchanges } = await lookAt([doorOf(target)], [echo({ send: () => [{ is: 'http', over: 'plain', method: 'GET', path: '/x' }] })]);
  expect(exchanges.filter(({ sent }) => sent === 'GET /x')).toHaveLength(6);
});

it('datagram doors are asked without a knock or a greeting', async () => {
  const door = doorOf({ address: '127.0.0.1', port: 9 }, { transport: 'udp' });
  const probe = echo({
    doors: { places: ['node'], transport: 'udp' },
    send: (_, soFar) => (soFar.length === 0 ? [{ is: 'udp', send: '00' }] : []),
    judge: () => ({ outcome: 'pass', message: 'Silent.', evidence: [] }),
  });
  const { doors, notes, exchanges } = await lookAt([door], [probe]);
  expect([doors[0]?.state, notes.length]).toEqual(['open', 1]);
  expect(exchanges.map(({ sent }) => sent)).toEqual(['1 bytes over UDP']);
});

it('stops when it is told to: what nobody tried is unasked, and nothing more is sent', async () => {
  const stop = new AbortController();
  const many = await Promise.all(Array.from({ length: 4 }, () => kept(tcpTarget(page('x')))));
  const doors = Array.from({ length: 200 }, (_, at) =>
    doorOf({ address: '127.0.0.1', port: many[at % 4]?.port ?? 0 }, { owner: String(at) }),
  );
  const progress = (done: number): void => {
    if (done === 1) stop.abort();
  };
  const sender = senderTo(doors, { signal: stop.signal });
  const sight = await lookAt(doors, [], { sender, signal: stop.signal, progress });
  expect(sight.doors).toHaveLength(200);
  expect(sight.doors.at(-1)?.state).toBe('unasked');
  expect(sight.exchanges.filter(({ sent }) => sent === 'TCP connect').length).toBeLessThan(120);
});

it('addresses take turns, so that no target holds up the others; progress counts every door once', async () => {
  const knocked: string[] = [];
  const sender: ProbeSender = {
    exchanges: [],
    timedOut: 0,
    close: () => undefined,
    send: async () => ({ is: 'none', why: 'closed', detail: '' }),
    knock: async ({ address, port }) => {
      knocked.push(`${address}:${port}`);
      return 'closed';
    },
  };
  const doors = ['10.0.0.1', '10.0.0.2'].flatMap((address) => [1, 2, 3].map((port) => doorOf({ address, port })));
  const seen: string[] = [];
  await lookAt(doors, [], { sender, progress: (done, total) => seen.push(`${done}/${total}`) });
  expect(knocked).toEqual(['10.0.0.1:1', '10.0.0.2:1', '10.0.0.1:2', '10.0.0.2:2', '10.0.0.1:3', '10.0.0.2:3']);
  expect(seen).toEqual(['1/6', '2/6', '3/6', '4/6', '5/6', '6/6']);
});

it('no doors, nothing seen', async () => {
  expect(await lookAt([], [echo()])).toEqual({ vantage: 'external', doors: [], notes: [], exchanges: [], timedOut: 0 });
});

/** A sender to two doors that are open; `answerOf` is asked before each answer. */
const scripted = (answerOf: (probe: string, count: number) => ProbeAnswer): ProbeSender => {
  let count = 0;
  return {
    exchanges: [],
    timedOut: 0,
    close: () => undefined,
    knock: async () => 'open',
    send: async (_door, _request, probe) => {
      count += 1;
      return answerOf(probe, count);
    },
  };
};
const answered: ProbeAnswer = { is: 'http', status: 200, headers: {}, body: 'all is well', isCut: false };
const lost = (why: 'cancelled' | 'local-fault'): ProbeAnswer => ({ is: 'none', why, detail: 'EMFILE' });
const content: Partial<Probe> = {
  judge: (_, asked) => ({
    outcome: asked.some(({ answer }) => answer.is === 'http') ? 'pass' : 'fail',
    message: 'It is as it is.',
    evidence: [{ looked: 'x', found: 'x' }],
  }),
};
const twoDoors = [1, 2].map((port) => doorOf({ address: '10.0.0.1', port }));

describe('when the time is over', () => {
  it('doors are unasked, questions not put are unknown, and what was seen stays', async () => {
    const timeUp = new AbortController();
    const sender = scripted((probe) => {
      if (probe === 'exposure/test/second') timeUp.abort();
      return answered;
    });
    const probes = ['first', 'second', 'third'].map((name) => echo({ ...content, id: `exposure/test/${name}` }));
    const one = [twoDoors[0] as Door];
    const sight = await lookAt(one, probes, { sender, timeUp: timeUp.signal });
    expect(sight.doors.map(({ state }) => state)).toEqual(['open']);
    expect(sight.notes.map(({ probe, outcome }) => [probe, outcome])).toEqual([
      ['exposure/test/first', 'pass'],
      ['exposure/test/second', 'pass'],
      ['exposure/test/third', 'unknown'],
    ]);
    expect(sight.notes[2]?.message).toContain('time of the scan was over');
    const none = await lookAt(twoDoors, probes, { sender, timeUp: timeUp.signal });
    expect(none.doors.map(({ state }) => state)).toEqual(['unasked', 'unasked']);
    expect(none.notes).toEqual([]);
  });

  it('a silent server holds up nothing: the sender lets go of it, and the door is unasked', async () => {
    const silent = await kept(tcpTarget());
    const timeUp = new AbortController();
    const doors = [doorOf(silent)];
    const limits = { ...shortLimits, answerMs: 60_000, wholeMs: 60_000 };
    const sender = senderTo(doors, { limits, signal: timeUp.signal });
    const looking = lookAt(doors, [echo()], { sender, timeUp: timeUp.signal });
    while (!sender.exchanges.some(({ probe }) => probe === 'greeting')) await new Promise((resolve) => setImmediate(resolve));
    timeUp.abort();
    expect(await looking).toMatchObject({ doors: [{ state: 'unasked' }], notes: [] });
  });
});

describe.each(['cancelled', 'local-fault'] as const)('an answer that never had its chance (%s)', (why) => {
  it('of a greeting makes nobody think that the door is silent', async () => {
    const sight = await lookAt(twoDoors, [echo(content)], { sender: scripted(() => lost(why)) });
    expect(sight.doors.map(({ state }) => state)).toEqual(why === 'cancelled' ? ['unasked', 'unasked'] : ['unable', 'unable']);
    expect(sight.notes).toEqual([]);
  });

  const twice: Partial<Probe> = { send: (_, { length }) => (length < 2 ? [{ is: 'http', over: 'plain', method: 'GET', path: '/x' }] : []) };
  it.each<[string, Partial<Probe>, string]>([
    ['makes nothing clean', { ...content, ...twice }, 'unknown'],
    ['nor silent', { ...twice, judge: () => undefined }, 'unknown'],
    ['but takes nothing back', { ...twice, judge: () => ({ outcome: 'fail', message: 'Open.', evidence: [] }) }, 'fail'],
  ])('of a probe %s', async (_, probe, outcome) => {
    let asked = 0;
    const sender = scripted((id) => {
      if (id !== 'greeting') asked += 1;
      return asked <= 1 ? answered : lost(why);
    });
    const { notes } = await lookAt(twoDoors.slice(0, 1), [echo(probe)], { sender });
    expect(notes.map((note) => note.outcome)).toEqual([outcome]);
  });
});
