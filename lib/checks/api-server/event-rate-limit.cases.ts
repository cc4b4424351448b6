import { apiServer } from '../../../test/support/control-plane.ts';
import { casesFor } from '../check.ts';
import { eventRateLimit } from './event-rate-limit.check.ts';

export const cases = casesFor(eventRateLimit, [
  { name: 'not enabled', expect: 'fail', given: apiServer({ 'enable-admission-plugins': 'NodeRestriction' }) },
  {
    name: 'enabled; its limits are in a file',
    expect: 'manual',
    given: apiServer({
      'enable-admission-plugins': 'NodeRestriction,EventRateLimit',
      'admission-control-config-file': '/etc/kubernetes/admission.yaml',
    }),
    says: 'admission.yaml',
  },
  {
    name: 'enabled, and no file is named',
    expect: 'manual',
    given: apiServer({ 'enable-admission-plugins': 'EventRateLimit' }),
    says: 'do not name',
  },
]);
