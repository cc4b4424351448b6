import { clusterSubject, fail, pass } from '../../check.ts';
import { defineStatement } from '../statement.ts';

const plugin = 'DenyServiceExternalIPs';

export const externalIpsAllowed = defineStatement({
  id: 'exposure/cluster/external-ips-allowed',
  covers: ['ADD-12'],
  title: 'The API server turns down Services that claim addresses',
  severity: 'medium',
  why: 'No version mends CVE-2020-8554: whoever may make a Service may claim any address by `externalIPs` and draw its traffic, unless admission forbids it.',
  repair: `Add ${plugin} to \`--enable-admission-plugins\` of the API server, or forbid the field by a ValidatingAdmissionPolicy and waive this finding.`,
  techniques: ['T1557'],
  references: [
    'https://github.com/kubernetes/kubernetes/issues/97076',
    'https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#denyserviceexternalips',
  ],
  reads: ['apiServerFlags'],
  evaluate: ({ cluster, apiServerFlags: flags }) => {
    // lists come as they were given, or in brackets from the API server itself
    const enabled = flags['enable-admission-plugins'] ?? '';
    const runs = enabled
      .replace(/^\[|\]$/g, '')
      .split(/[,\s]+/)
      .includes(plugin);
    const evidence = { source: 'API server', looked: '--enable-admission-plugins', found: enabled === '' ? 'not set' : enabled };
    const subject = clusterSubject(cluster);
    return runs
      ? [pass(subject, `The admission plugin ${plugin} runs.`, evidence)]
      : [fail(subject, `The admission plugin ${plugin} does not run, so whoever may make a Service may claim any address.`, evidence)];
  },
});
