import { apiServer, controlPlane, flagz } from '../../../test/support/control-plane.ts';
import { casesFor } from '../check.ts';
import { serviceAccountAdmission } from './service-account-admission.check.ts';

export const cases = casesFor(serviceAccountAdmission, [
  {
    name: 'the plugin is enabled',
    expect: 'pass',
    given: apiServer({ 'enable-admission-plugins': 'NodeRestriction,ServiceAccount' }),
    says: 'ServiceAccount',
  },
  { name: 'nothing is said of plugins', expect: 'pass', given: apiServer({}) },
  {
    name: 'the flag is given twice; both lists count',
    expect: 'pass',
    given: apiServer({ 'enable-admission-plugins': ['ServiceAccount', 'PodSecurity'] }),
  },
  { name: 'the plugin is disabled', expect: 'fail', given: apiServer({ 'disable-admission-plugins': 'ResourceQuota,ServiceAccount' }) },
  { name: 'another plugin is disabled', expect: 'pass', given: apiServer({ 'disable-admission-plugins': 'ResourceQuota' }) },
  {
    name: 'disabled and enabled: enabling wins',
    expect: 'pass',
    given: apiServer({ 'disable-admission-plugins': 'ServiceAccount', 'enable-admission-plugins': 'ServiceAccount' }),
  },
  { name: 'a longer name is another plugin', expect: 'pass', given: apiServer({ 'enable-admission-plugins': 'MyServiceAccountX' }) },
  { name: 'the deprecated flag names every plugin there is', expect: 'fail', given: apiServer({ 'admission-control': 'LimitRanger' }) },
  {
    name: 'the process itself tells, with its list in brackets',
    expect: 'pass',
    given: controlPlane([], {
      apiServerFlagz: flagz({
        'enable-admission-plugins': '[NodeRestriction,ServiceAccount]',
        'disable-admission-plugins': '[]',
        'admission-control': '[]',
      }),
    }),
  },
]);
