import { describe, expect, it } from 'vitest';
import { environmentNames, listSetting, optionalSetting, requiredSettings } from './environment.ts';

describe('settings from the environment', () => {
  it('reads what is there', () => {
    expect(requiredSettings({ GATEHOUSE_RECORD_TABLE: 't', OTHER: 'x' }, ['recordTable'])).toEqual({ recordTable: 't' });
  });
  it('names every variable that is missing or empty', () => {
    expect(() => requiredSettings({ GATEHOUSE_EVENT_BUS: '' }, ['eventBus', 'signingKey'])).toThrow(
      'GATEHOUSE_EVENT_BUS, GATEHOUSE_SIGNING_KEY must be set',
    );
  });
  it('takes an empty variable for a missing one', () => {
    expect(optionalSetting({ GATEHOUSE_ISSUER: '' }, 'issuer')).toBeUndefined();
  });
  it('splits lists', () => {
    expect(listSetting({ GATEHOUSE_ALLOWED_NETWORKS: '10.0.0.0/8, 192.168.0.0/16,' }, 'allowedNetworks')).toEqual([
      '10.0.0.0/8',
      '192.168.0.0/16',
    ]);
    expect(listSetting({}, 'allowedNetworks')).toEqual([]);
  });
  it('has one name per setting', () => {
    const names = Object.values(environmentNames);
    expect(new Set(names).size).toBe(names.length);
  });
});
