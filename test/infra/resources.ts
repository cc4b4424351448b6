import { App, type AppProps, Stack } from 'aws-cdk-lib';
import cdk from '../../cdk.json' with { type: 'json' };
import { createApp } from '../../lib/infra/gatehouse-app.ts';

/** One resource of a template, with the stack it is in. */
export interface Resource {
  readonly stack: string;
  readonly id: string;
  readonly Type: string;
  readonly Properties?: unknown;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

/** Bundling is not what is shown here; docs/generated/bundles.md is about it. */
const context = { ...cdk.context, 'aws:cdk:bundling-stacks': [] };
export const withContext = (more: Record<string, unknown> = {}): AppProps => ({ context: { ...context, ...more }, outdir: undefined });

/** Any; no account is asked. */
export const region = 'eu-central-1';

/** A deployment with every option that makes resources. */
export const everything = {
  firstAdmin: 'ada@example.com',
  issuer: 'https://id.example.com',
  audience: 'gatehouse',
  clientId: 'cli',
  groupsClaim: 'groups',
  allowedNetworks: '10.20.0.0/16,10.30.0.0/16',
  lock: 'compliance',
  notify: 'true',
  alarmEmail: 'on-call@example.com',
  vpcId: 'vpc-0123456789abcdef0',
  subnetIds: 'subnet-0123456789abcdef0,subnet-0123456789abcdef1',
  securityGroupIds: 'sg-0123456789abcdef0',
  routeTableIds: 'rtb-0123456789abcdef0',
};

export const synthesise = (more?: Record<string, unknown>): App => createApp(withContext(more), { region });

export const resourcesOf = (app: App): Resource[] =>
  app.synth().stacks.flatMap(({ stackName, template }) =>
    Object.entries(((template as { Resources?: object }).Resources ?? {}) as Record<string, Omit<Resource, 'id' | 'stack'>>).map(
      ([id, resource]) => ({
        ...resource,
        id,
        stack: stackName,
      }),
    ),
  );

/** Resources of a stack that somebody built badly on purpose. */
export const broken = (build: (stack: Stack) => unknown): Resource[] => {
  const app = new App(withContext());
  build(new Stack(app, 'Broken', { env: { region } }));
  return resourcesOf(app);
};

/** What lies at a path such as `Properties.Replicas.0.DeletionProtectionEnabled`. */
export const at = (value: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (inner, name) => (typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[name] : undefined),
      value,
    );

/** A value of a template as text: references by the id of what they name. */
export const textOf = (value: unknown): string => {
  if (Array.isArray(value)) return value.map(textOf).join(',');
  if (typeof value !== 'object' || value === null) return String(value ?? '');
  const join = at(value, 'Fn::Join');
  if (Array.isArray(join)) return (join[1] as unknown[]).map(textOf).join(String(join[0]));
  const [one] = Object.values(value);
  if ('Ref' in value) return `<${one}>`;
  if ('Fn::GetAtt' in value) return `<${(one as string[]).join('.')}>`;
  return 'Fn::ImportValue' in value ? textOf(one) : JSON.stringify(value);
};

export const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : value === undefined ? [] : [value]);
export const ofType = (resources: readonly Resource[], type: string): Resource[] => resources.filter(({ Type }) => Type === type);
