import { apiServer } from '../../../test/support/control-plane.ts';
import { casesFor } from '../check.ts';
import { requestTimeout } from './request-timeout.check.ts';

export const cases = casesFor(requestTimeout, [
  { name: 'not set, one minute', expect: 'pass', given: apiServer({}), says: '1m0s' },
  { name: 'five minutes', expect: 'pass', given: apiServer({ 'request-timeout': '5m' }) },
  { name: 'no limit', expect: 'fail', given: apiServer({ 'request-timeout': '0s' }) },
  { name: 'zero without a unit', expect: 'fail', given: apiServer({ 'request-timeout': '0' }) },
  { name: 'longer than usual', expect: 'manual', given: apiServer({ 'request-timeout': '1h30m' }), says: '1h30m' },
  { name: 'no duration', expect: 'manual', given: apiServer({ 'request-timeout': 'soon' }) },
]);
