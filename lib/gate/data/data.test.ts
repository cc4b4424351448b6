import { describe, expect, it } from 'vitest';
import { breakChecks } from '../checks/break/index.ts';
import { autoscalerSource, vsphereCloudProvider } from './cloud-provider.ts';
import { clusterApi, vsphereProvider } from './cluster-api.ts';
import { compatibility } from './compatibility.ts';
import { coreDns, migratableCoreDns } from './coredns.ts';
import { lockedGates, removedGates } from './feature-gates.ts';
import { removedFlags } from './removed-flags.ts';

const minorOf = (text: string) => Number(text.split('.')[1]);
const tables = { clusterApi, vsphereProvider, compatibility, coreDns, vsphereCloudProvider, removedFlags, removedGates, lockedGates };

describe.each(Object.entries(tables))('%s', (_, table) => {
  it('has a date, a newest minor and a public source', () => {
    expect(table.dataAsOf).toMatch(/^20\d\d-\d\d-\d\d$/);
    expect(table.newestMinor).toMatch(/^1\.\d+$/);
    expect(table.source).toMatch(/^https:\/\//);
  });

  it('has rows, each once', () => {
    const texts = table.rows.map((row) => JSON.stringify(row));
    expect(texts).not.toHaveLength(0);
    expect(new Set(texts).size).toBe(texts.length);
  });

  it('says of each sourced row where it is from', () => {
    for (const row of table.rows) {
      if (!('verified' in row)) continue;
      expect(row.source).toMatch(/^https:\/\//);
      expect(row.verified <= table.dataAsOf).toBe(true);
    }
  });
});

it('links the rule of the autoscaler', () => expect(autoscalerSource).toMatch(/^https:\/\//));

describe('feature gates', () => {
  const byOwner = (of: string) => removedGates.rows.filter((row) => row.of === of).flatMap(({ gates }) => gates);

  it.each(['kubernetes', 'kubeadm'])('are removed once: %s', (of) => expect(new Set(byOwner(of)).size).toBe(byOwner(of).length));

  it('are locked before they are removed', () => {
    for (const { lockedIn, gates } of lockedGates.rows)
      for (const gate of gates) {
        const removed = removedGates.rows.find((row) => row.of === 'kubernetes' && row.gates.includes(gate));
        if (removed) expect(minorOf(lockedIn), gate).toBeLessThan(minorOf(removed.removedIn));
      }
  });

  it('are known to no newer minor than the table says', () => {
    for (const { removedIn } of removedGates.rows) expect(minorOf(removedIn)).toBeLessThanOrEqual(minorOf(removedGates.newestMinor));
  });
});

it('names a check for flags only where there is one', () => {
  const ids = breakChecks.map(({ id }) => id);
  for (const { check } of removedFlags.rows) if (check) expect(ids).toContain(`break.${check}`);
});

it('has one row per release of an add-on, each with a range', () => {
  const keys = compatibility.rows.map(({ addon, release }) => `${addon} ${release}`);
  expect(new Set(keys).size).toBe(keys.length);
  for (const { from, to } of compatibility.rows) expect(minorOf(from)).toBeLessThanOrEqual(minorOf(to));
});

it('can migrate from every CoreDNS that kubeadm deploys to the next', () => {
  const deployed = coreDns.rows.map(({ coredns }) => migratableCoreDns.indexOf(coredns));
  expect(deployed).not.toContain(-1);
  expect(deployed).toEqual(deployed.toSorted((a, b) => a - b));
});
