import { type App, Validations } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { beforeAll, describe, expect, it } from 'vitest';
import { environmentNames } from '../../lib/core/environment.ts';
import { kubeconfigSecret } from '../../lib/fleet/cluster.ts';
import { connectionSecret } from '../../lib/fleet/connection.ts';
import { evaluationSecret } from '../../lib/fleet/evaluation.ts';
import { webhookSecret } from '../../lib/fleet/webhook.ts';
import { waitAfterTry, webhookTries } from '../../lib/fleet/webhook-retry.ts';
import { functionNames, sizes } from '../../lib/infra/sizes.ts';
import { indexNames } from '../../lib/ports/record-store.ts';
import { partitions } from '../../lib/records/index.ts';
import { fixed } from '../../tools/cost-model.ts';
import { at, everything, listOf, ofType, type Resource, resourcesOf, synthesise, textOf } from './resources.ts';

let app: App;
let usual: Resource[];
let full: Resource[];
beforeAll(() => {
  app = synthesise();
  usual = resourcesOf(app);
  full = resourcesOf(synthesise(everything));
});

const functionOf = (resources: readonly Resource[], name: string): Resource => {
  const found = ofType(resources, 'AWS::Lambda::Function').find(({ id }) => id.toLowerCase().startsWith(name));
  if (!found) throw new Error(`there is no function ${name}`);
  return found;
};
const variablesOf = (resources: readonly Resource[], name: string): string[] =>
  Object.keys(at(functionOf(resources, name), 'Properties.Environment.Variables') as object);
const actionsOf = (resources: readonly Resource[], name: string): string[] =>
  ofType(resources, 'AWS::IAM::Policy')
    .filter(({ id }) => id.toLowerCase().startsWith(name))
    .flatMap((policy) => listOf(at(policy, 'Properties.PolicyDocument.Statement')).flatMap((one) => listOf(at(one, 'Action')).map(String)));

describe('the clock', () => {
  it('is one rule, every minute, whatever the fleet', () => {
    expect(
      ofType(full, 'AWS::Events::Rule')
        .filter((rule) => at(rule, 'Properties.ScheduleExpression'))
        .map((rule) => at(rule, 'Properties.ScheduleExpression')),
    ).toEqual(['rate(1 minute)']);
  });
});

describe('records', () => {
  it('have an index for each name that the record store knows', () => {
    const indexes = ofType(usual, 'AWS::DynamoDB::GlobalTable').flatMap((table) => listOf(at(table, 'Properties.GlobalSecondaryIndexes')));
    expect(
      indexes.map((index) => [
        at(index, 'IndexName'),
        ...listOf(at(index, 'KeySchema')).map((key) => at(key, 'AttributeName')),
        at(index, 'Projection.ProjectionType'),
      ]),
    ).toEqual(indexNames.map((name) => [name, `${name}Pk`, `${name}Sk`, 'ALL']));
  });
  it('are never scanned', () => {
    for (const name of functionNames) expect(actionsOf(full, name)).not.toContain('dynamodb:Scan');
  });
});

describe('rights', () => {
  it('lets one function sign, and nobody by-pass a lock', () => {
    expect(functionNames.filter((name) => actionsOf(full, name).includes('kms:Sign'))).toEqual(['scan']);
    const all = functionNames.flatMap((name) => actionsOf(full, name));
    expect(all.filter((action) => /Bypass|LegalHold|PutBucket|DeleteBucket|PutKeyPolicy/.test(action))).toEqual([]);
  });
  it('lets the dispatcher remove what nobody keeps any more, and see neither evidence nor secrets', () => {
    expect(actionsOf(full, 'dispatch').filter((action) => /^(s3|secretsmanager):/.test(action))).toEqual([
      's3:ListBucketVersions',
      's3:DeleteObjectVersion',
      's3:GetObjectRetention',
      'secretsmanager:DeleteSecret',
    ]);
  });
  it('lets the API read evidence, and neither write nor remove any: whoever broke into it could hide nothing', () => {
    expect(
      actionsOf(full, 'api')
        .filter((action) => action.startsWith('s3:'))
        .toSorted(),
    ).toEqual(['s3:GetObject', 's3:GetObjectVersion', 's3:ListBucket', 's3:ListBucketVersions']);
  });
  const statementsAbout = (role: string, service: string): unknown[] =>
    ofType(full, 'AWS::IAM::Policy')
      .filter(({ id }) => id.startsWith(role))
      .flatMap((policy) => listOf(at(policy, 'Properties.PolicyDocument.Statement')))
      .filter((one) => listOf(at(one, 'Action')).some((action) => String(action).startsWith(service)));
  it.each([
    ['Scan', 'gatehouse/Gatehouse/clusters/*'],
    ['Dispatch', 'gatehouse/Gatehouse/clusters/*'],
    ['Deliver', 'gatehouse/Gatehouse/webhooks/*', 'gatehouse/Gatehouse/connections/*', 'gatehouse/Gatehouse/evaluations/*'],
    ['Api', 'gatehouse/Gatehouse/*'],
  ])('lets %s touch the secrets that it needs, of this deployment', (role, ...names) => {
    expect(statementsAbout(role, 'secretsmanager:').map((one) => textOf(at(one, 'Resource')).split(':secret:')[1])).toEqual(names);
  });
  it('lets a delivery open the secrets of receivers, change records of projects and evaluations, and nothing else', () => {
    expect(statementsAbout('Deliver', 'secretsmanager:').map((one) => at(one, 'Action'))).toEqual([
      'secretsmanager:GetSecretValue',
      'secretsmanager:GetSecretValue',
      ['secretsmanager:DeleteSecret', 'secretsmanager:GetSecretValue'],
    ]);
    expect(statementsAbout('Deliver', 's3:').map((one) => at(one, 'Action'))).toEqual([['s3:GetObject', 's3:GetObjectVersion']]);
    expect(statementsAbout('Deliver', 'dynamodb:').map((one) => [at(one, 'Action'), at(one, 'Condition.ForAllValues:StringLike')])).toEqual(
      [[['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'], { 'dynamodb:LeadingKeys': ['PROJECT#*', 'CLUSTER#*'] }]],
    );
    const others = new Set(actionsOf(full, 'deliver').map((action) => action.split(':')[0]));
    expect([...others].toSorted()).toEqual(['dynamodb', 'ec2', 'kms', 'lambda', 'logs', 's3', 'secretsmanager', 'sqs']);
    expect(actionsOf(full, 'deliver').filter((action) => action.startsWith('lambda:'))).not.toContain('lambda:InvokeFunction');
  });
  it('finds secrets and records of receivers where that role may look', () => {
    expect(webhookSecret('whk-0123456789ab')).toMatch(/^webhooks[/]/);
    expect(connectionSecret('con-0123456789ab', 'credential')).toMatch(/^connections[/]/);
    expect(evaluationSecret('20261127T233000Z-evl-0123456789abcdef')).toMatch(/^evaluations[/]/);
    expect(partitions.connections('default').pk).toMatch(/^PROJECT#/);
    expect(partitions.evaluations('cls-0123456789ab').pk).toMatch(/^CLUSTER#/);
    expect(kubeconfigSecret('cls-0123456789ab')).toMatch(/^clusters[/]/);
    expect(partitions.webhooks('default').pk).toMatch(/^PROJECT#/);
  });
  it('lets everybody who tells events start deliveries, by the alias', () => {
    const starters = functionNames.filter((name) => variablesOf(full, name).includes(environmentNames.deliverFunction));
    expect(starters).toEqual(functionNames.filter((name) => variablesOf(full, name).includes(environmentNames.eventBus)));
    expect(starters).toEqual(['api', 'dispatch', 'scan']);
  });
  it('lets a scan read secrets and forget them, and change none', () => {
    expect(
      actionsOf(full, 'scan')
        .filter((action) => action.startsWith('secretsmanager:'))
        .toSorted(),
    ).toEqual(['secretsmanager:DeleteSecret', 'secretsmanager:GetSecretValue']);
  });
});

describe('functions', () => {
  it('run scans and deliveries durably, and nothing else', () => {
    const durable = ofType(usual, 'AWS::Lambda::Function').filter((fn) => at(fn, 'Properties.DurableConfig'));
    const configs = durable.map(({ id, Properties }) => [id.replace(/Function.*/, ''), at(Properties, 'DurableConfig')]);
    expect(Object.fromEntries(configs)).toEqual({
      Scan: { ExecutionTimeout: 86_400, RetentionPeriodInDays: 14 },
      Deliver: { ExecutionTimeout: 21_600, RetentionPeriodInDays: 3 },
    });
  });
  it('gives a delivery the time that its tries can take', () => {
    const waits = Array.from({ length: webhookTries }, (_, at) => waitAfterTry(at + 1, '999999', '2026-11-27T12:00:00.000Z', 1) ?? 0);
    const longest = waits.reduce((sum, ms) => sum + ms / 1000, 0) + webhookTries * sizes.deliver.timeoutSeconds;
    expect(Number(at(functionOf(usual, 'deliver'), 'Properties.DurableConfig.ExecutionTimeout'))).toBeGreaterThan(longest);
  });
  it.each(functionNames)('gives %s its size and its patience', (name) => {
    const { Properties } = functionOf(usual, name);
    expect([at(Properties, 'MemorySize'), at(Properties, 'Timeout')]).toEqual([sizes[name].memoryMb, sizes[name].timeoutSeconds]);
  });
  it('tells who stores evidence the days of the bucket: a lock that names a day takes the place of its own', () => {
    const rule = ofType(usual, 'AWS::S3::Bucket').map((bucket) =>
      at(bucket, 'Properties.ObjectLockConfiguration.Rule.DefaultRetention.Days'),
    );
    const told = at(functionOf(usual, 'scan'), `Properties.Environment.Variables.${environmentNames.lockDays}`);
    expect(rule.map(String)).toContain(told);
  });
  it('tells only the API who may sign in', () => {
    const { firstAdmin, issuer, audience } = environmentNames;
    expect(variablesOf(full, 'api')).toEqual(expect.arrayContaining([firstAdmin, issuer, audience]));
    for (const name of ['scan', 'dispatch', 'deliver']) expect(variablesOf(full, name)).not.toContain(firstAdmin);
  });
  it('places those that reach clusters and receivers in the VPC, and the dispatcher not', () => {
    const placed = functionNames.filter((name) => at(functionOf(full, name), 'Properties.VpcConfig'));
    expect(placed).toEqual(['api', 'scan', 'deliver']);
    expect(functionNames.filter((name) => at(functionOf(usual, name), 'Properties.VpcConfig'))).toEqual([]);
  });
});

describe('alarms', () => {
  it('are as many as docs/costs.md counts', () => expect(ofType(usual, 'AWS::CloudWatch::Alarm').length).toBe(fixed.alarmMonth));
});

describe('the network', () => {
  it('has an endpoint for every service that a function in it calls', () => {
    const services = ofType(full, 'AWS::EC2::VPCEndpoint').map((one) => textOf(at(one, 'Properties.ServiceName')).split('.').at(-1));
    const called = new Set(['api', 'scan', 'deliver'].flatMap((name) => actionsOf(full, name)).map((action) => action.split(':')[0] ?? ''));
    // Lambda itself makes network interfaces and sends dead letters, from outside the VPC
    for (const service of ['ec2', 'sqs']) called.delete(service);
    expect(services).toEqual(expect.arrayContaining([...called]));
  });
  it('lets only functions in, and only to HTTPS', () => {
    const rules = ofType(full, 'AWS::EC2::SecurityGroup').flatMap((group) => listOf(at(group, 'Properties.SecurityGroupIngress')));
    expect(rules.map((rule) => [at(rule, 'FromPort'), at(rule, 'ToPort'), at(rule, 'SourceSecurityGroupId'), at(rule, 'CidrIp')])).toEqual([
      [443, 443, 'sg-0123456789abcdef0', undefined],
    ]);
  });
});

describe('the API', () => {
  it('is throttled, logged and closed to other sites', () => {
    const [stage] = ofType(usual, 'AWS::ApiGatewayV2::Stage');
    expect(at(stage, 'Properties.DefaultRouteSettings')).toEqual({ ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 });
    expect(at(stage, 'Properties.AccessLogSettings.DestinationArn')).toBeDefined();
    expect(at(ofType(usual, 'AWS::ApiGatewayV2::Api')[0], 'Properties.CorsConfiguration')).toBeUndefined();
  });
});

describe('the lock', () => {
  const modeOf = (resources: Resource[]): unknown[] =>
    ofType(resources, 'AWS::S3::Bucket').flatMap(
      (bucket) => at(bucket, 'Properties.ObjectLockConfiguration.Rule.DefaultRetention.Mode') ?? [],
    );
  it('can be by-passed with a special right unless compliance was asked for', () => {
    expect([modeOf(usual), modeOf(full)]).toEqual([['GOVERNANCE'], ['COMPLIANCE']]);
  });
});

describe('settings', () => {
  it.each([
    [{ lock: 'none' }, 'lock'],
    [{ vpcId: 'vpc-0123456789abcdef0' }, 'vpcId needs subnetIds and securityGroupIds'],
    [{ issuer: 'http://id.example.com', audience: 'x' }, 'issuer'],
    [{ issuer: 'https://id.example.com' }, 'issuer and audience come together'],
    [{ allowedNetworks: '10.0.0.0/8,anything' }, 'allowedNetworks'],
    [{ lockDays: '0' }, 'lockDays'],
  ])('refuses %j with a sentence', (context, says) => {
    expect(() => synthesise(context)).toThrow(says);
  });
  it('warns when nobody could sign in', () => {
    const warned = (from: App): string => JSON.stringify(from.node.findAll().flatMap(({ node }) => node.metadata));
    expect(warned(app)).toContain('Nobody can sign in');
    expect(warned(synthesise(everything))).not.toContain('Nobody can sign in');
  });
});

describe('cdk-nag', () => {
  /** Synthesis of an app that is not run by the command line throws what the checks found and nobody gave a reason for. */
  const synthesisOf = (one: App) => (): unknown => one.synth();
  it.each([
    ['as it comes', {}],
    ['with every option', everything],
  ])('has nothing to say of a deployment %s', (_, context) => {
    expect(synthesisOf(synthesise(context))).not.toThrow();
  });
  it('looks at all', () => {
    const bad = synthesise();
    new Bucket(bad.node.findChild('GatehouseData'), 'Bad');
    expect(synthesisOf(bad)).toThrow('AwsSolutions-S1');
  });
  it('is told a reason, in a sentence, for everything it is not to mention', () => {
    const reasons = app.node
      .findAll()
      .flatMap(({ node }) => node.metadata)
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) => Object.entries(data as Record<string, unknown>));
    expect(reasons.length).toBeGreaterThan(5);
    for (const [id, reason] of reasons) expect(`${id}: ${JSON.stringify(reason)}`).toMatch(/[a-z .;,:()/0-9A-Z-]{40,}[.]/);
  });
});
