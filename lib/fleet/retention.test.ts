import { describe, expect, it } from 'vitest';
import { defaultRetention, type Retention } from './project.ts';
import { lockedUntil, mayDropFiles, mayDropRecord, unlistedFrom } from './retention.ts';

const retention: Retention = { runsDays: 10, reportsDays: 30 };
const scan = { state: 'completed' as const, queuedAt: '2026-01-01T00:00:00.000Z', endedAt: '2026-01-01T02:00:00.000Z' };

describe('records', () => {
  it.each([
    ['2026-01-11T01:59:59.999Z', false],
    ['2026-01-11T02:00:00.000Z', true],
  ])('may go after their days, counted from the end: at %s %s', (now, may) => {
    expect(mayDropRecord(scan, retention, now)).toBe(may);
  });

  it('of a scan without an end of its own are counted from when it was asked for', () => {
    expect(unlistedFrom({ state: 'skipped', queuedAt: scan.queuedAt }, retention)).toBe('2026-01-11T00:00:00.000Z');
  });

  it.each(['queued', 'running'] as const)('stay while a scan is %s, however old', (state) => {
    expect(mayDropRecord({ state, queuedAt: scan.queuedAt }, retention, '2036-01-01T00:00:00Z')).toBe(false);
  });
});

describe('files', () => {
  it.each([
    ['2026-01-30T23:59:59.999Z', false],
    ['2026-01-31T00:00:00.000Z', true],
  ])('may go after their days: at %s %s', (now, may) => {
    expect(lockedUntil(scan, retention)).toBe('2026-01-31T00:00:00.000Z');
    expect(mayDropFiles(scan, retention, now)).toBe(may);
  });

  it('stay as long as a lock that was set says, also when the project keeps less now', () => {
    const locks = ['2026-02-05T00:00:00Z', '2026-03-01T00:00:00Z'];
    expect(mayDropFiles(scan, retention, '2026-02-28T23:59:59Z', locks)).toBe(false);
    expect(mayDropFiles(scan, retention, '2026-03-01T00:00:00Z', locks)).toBe(true);
  });

  it('stay longer when the project keeps more now', () => {
    expect(mayDropFiles(scan, defaultRetention, '2026-03-01T00:00:00Z', ['2026-01-31T00:00:00Z'])).toBe(false);
  });

  it('are kept no shorter than their record', () => {
    const scanOfADay = { ...scan, endedAt: scan.queuedAt };
    const even: Retention = { runsDays: 30, reportsDays: 30 };
    expect(mayDropRecord(scanOfADay, even, lockedUntil(scanOfADay, even))).toBe(true);
  });
});
