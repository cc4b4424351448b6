import { apiServer, controlPlane, flagz } from '../../../test/support/control-plane.ts';
import { casesFor } from '../check.ts';
import { namespaceLifecycle } from './namespace-lifecycle.check.ts';

export const cases = casesFor(namespaceLifecycle, [
  {
    name: 'the plugin is enabled',
    expect: 'pass',
    given: apiServer({ 'enable-admission-plugins': 'NodeRestriction,NamespaceLifecycle' }),
    says: 'NamespaceLifecycle',
  },
  { name: 'nothing is said of plugins', expect: 'pass', given: apiServer({}) },
  {
    name: 'the flag is given twice; both lists count',
    expect: 'pass',
    given: apiServer({ 'enable-admission-plugins': ['NamespaceLifecycle', 'PodSecurity'] }),
  },
  { name: 'the plugin is disabled', expect: 'fail', given: apiServer({ 'disable-admission-plugins': 'ResourceQuota,NamespaceLifecycle' }) },
  { name: 'another plugin is disabled', expect: 'pass', given: apiServer({ 'disable-admission-plugins': 'ResourceQuota' }) },
  {
    name: 'disabled and enabled: enabling wins',
    expect: 'pass',
    given: apiServer({ 'disable-admission-plugins': 'NamespaceLifecycle', 'enable-admission-plugins': 'NamespaceLifecycle' }),
  },
  { name: 'a longer name is another plugin', expect: 'pass', given: apiServer({ 'enable-admission-plugins': 'MyNamespaceLifecycleX' }) },
  { name: 'the deprecated flag names every plugin there is', expect: 'fail', given: apiServer({ 'admission-control': 'LimitRanger' }) },
  {
    name: 'the process itself tells, with its list in brackets',
    expect: 'pass',
    given: controlPlane([], {
      apiServerFlagz: flagz({
        'enable-admission-plugins': '[NodeRestriction,NamespaceLifecycle]',
        'disable-admission-plugins': '[]',
        'admission-control': '[]',
      }),
    }),
  },
]);
