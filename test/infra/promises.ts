import { environmentNames, metricDimensions, metricNamespace } from '../../lib/core/environment.ts';
import { at, listOf, ofType, type Resource, textOf } from './resources.ts';

/** A promise about all resources of all stacks: whoever breaks it, one sentence each. */
export type Demand = (resources: readonly Resource[]) => string[];

const each =
  (type: string, faults: (resource: Resource, all: readonly Resource[]) => (string | false)[]): Demand =>
  (all) =>
    ofType(all, type).flatMap((resource) =>
      faults(resource, all)
        .filter((fault) => fault !== false)
        .map((fault) => `${resource.stack}/${resource.id}: ${fault}`),
    );
const isKept = ({ DeletionPolicy, UpdateReplacePolicy }: Resource): boolean =>
  /^Retain/.test(DeletionPolicy ?? '') && /^Retain/.test(UpdateReplacePolicy ?? '');
const alarmsOn = (all: readonly Resource[], metric: string, dimension: string): boolean =>
  ofType(all, 'AWS::CloudWatch::Alarm').some(
    (alarm) => at(alarm, 'Properties.MetricName') === metric && textOf(at(alarm, 'Properties.Dimensions.0.Value')).includes(dimension),
  );
const statementsOf = (resource: Resource, path: string): unknown[] => listOf(at(resource, `Properties.${path}.Statement`));
const policyOf = (all: readonly Resource[], type: string, property: string, id: string): unknown[] =>
  ofType(all, type)
    .filter((policy) => textOf(at(policy, `Properties.${property}`)).includes(`<${id}`))
    .flatMap((policy) => statementsOf(policy, 'PolicyDocument'));
const refusesPlainHttp = (statements: unknown[]): boolean =>
  statements.some((one) => at(one, 'Effect') === 'Deny' && at(one, 'Condition.Bool.aws:SecureTransport') === 'false');

export const functions = each('AWS::Lambda::Function', (fn, all) => {
  const letters = textOf(at(fn, 'Properties.DeadLetterConfig.TargetArn')).match(/<(\w+)[.]Arn>/)?.[1];
  return [
    letters === undefined && 'has no dead letter queue',
    letters !== undefined && !alarmsOn(all, 'ApproximateNumberOfMessagesVisible', `<${letters}.`) && 'has dead letters that nobody watches',
    ...['Errors', 'Throttles'].map((metric) => !alarmsOn(all, metric, `<${fn.id}>`) && `has no alarm on ${metric}`),
    textOf(at(fn, 'Properties.Architectures')) !== 'arm64' && 'is not for arm64',
    at(fn, 'Properties.Runtime') !== 'nodejs24.x' && 'does not run on Node 24',
    at(fn, 'Properties.FunctionName') !== undefined && 'has a name, so it cannot be replaced',
    at(fn, 'Properties.LoggingConfig.LogGroup') === undefined && 'has no log group of its own',
  ];
});

export const queuesAreWatched = each('AWS::SQS::Queue', ({ id, Properties }, all) => [
  !alarmsOn(all, 'ApproximateNumberOfMessagesVisible', `<${id}.`) && 'fills and nobody hears of it',
  !at(Properties, 'SqsManagedSseEnabled') && !at(Properties, 'KmsMasterKeyId') && 'is not encrypted',
  !refusesPlainHttp(policyOf(all, 'AWS::SQS::QueuePolicy', 'Queues', id)) && 'takes messages without TLS',
]);

const takesAccessLogs = (all: readonly Resource[], id: string): boolean =>
  ofType(all, 'AWS::S3::Bucket').some((other) => textOf(at(other, 'Properties.LoggingConfiguration.DestinationBucketName')) === `<${id}>`);

/** The bucket of access logs is the one without a lock (S3 cannot deliver into one) and with the key of S3 (it can use no other there). */
export const buckets = each('AWS::S3::Bucket', (bucket, all) => {
  const { id } = bucket;
  const statements = policyOf(all, 'AWS::S3::BucketPolicy', 'Bucket', id);
  const encryption = at(bucket, 'Properties.BucketEncryption.ServerSideEncryptionConfiguration.0');
  const block = at(bucket, 'Properties.PublicAccessBlockConfiguration');
  const common = [
    !isKept(bucket) && 'goes with the stack',
    encryption === undefined && 'is not encrypted',
    at(bucket, 'Properties.VersioningConfiguration.Status') !== 'Enabled' && 'keeps no versions',
    !refusesPlainHttp(statements) && 'can be reached without TLS',
    !statements.some((one) => at(one, 'Condition.NumericLessThan.s3:TlsVersion') === 1.2) && 'takes old TLS',
    !['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'].every((name) => at(block, name)) &&
      'could be made public',
  ];
  if (takesAccessLogs(all, id)) return common;
  return [
    ...common,
    !at(bucket, 'Properties.ObjectLockEnabled') && 'has no lock',
    at(bucket, 'Properties.ObjectLockConfiguration.Rule.DefaultRetention.Mode') === undefined && 'locks nothing by default',
    at(encryption, 'ServerSideEncryptionByDefault.SSEAlgorithm') !== 'aws:kms' && 'does not use our key',
    !at(encryption, 'BucketKeyEnabled') && 'asks KMS for every object',
    at(bucket, 'Properties.LoggingConfiguration') === undefined && 'writes no access log',
    !statements.some(
      (one) =>
        at(one, 'Effect') === 'Deny' &&
        textOf(at(one, 'Action')) === 's3:PutObject' &&
        at(one, 'Condition.Null.s3:if-none-match') === 'true' &&
        at(one, 'Condition.Bool.s3:ObjectCreationOperation') === 'true',
    ) && 'can be overwritten',
  ];
});

export const tables: Demand = (all) => [
  ...ofType(all, 'AWS::DynamoDB::Table').map(({ id }) => `${id}: is made in the old way`),
  ...each('AWS::DynamoDB::GlobalTable', (table) => {
    const replicas = listOf(at(table, 'Properties.Replicas'));
    return [
      !isKept(table) && 'goes with the stack',
      !replicas.every((one) => at(one, 'DeletionProtectionEnabled')) && 'can be deleted',
      !replicas.every((one) => at(one, 'PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled')) && 'cannot be recovered',
      at(table, 'Properties.SSESpecification.SSEType') !== 'KMS' && 'does not use our key',
      at(table, 'Properties.TimeToLiveSpecification.AttributeName') !== 'expiresAt' && 'forgets nothing',
    ];
  })(all),
];

export const keys = each('AWS::KMS::Key', (key) => [
  !isKept(key) && 'goes with the stack, and what it encrypted with it',
  at(key, 'Properties.KeyUsage') !== 'SIGN_VERIFY' && !at(key, 'Properties.EnableKeyRotation') && 'is never rotated',
]);

export const logGroups = each('AWS::Logs::LogGroup', (group) => [
  at(group, 'Properties.RetentionInDays') === undefined && 'keeps logs for ever',
  at(group, 'Properties.KmsKeyId') === undefined && 'does not use our key',
]);

export const topics = each('AWS::SNS::Topic', ({ id, Properties }, all) => [
  at(Properties, 'KmsMasterKeyId') === undefined && 'is not encrypted',
  !refusesPlainHttp(policyOf(all, 'AWS::SNS::TopicPolicy', 'Topics', id)) && 'takes messages without TLS',
]);

export const alarms = each('AWS::CloudWatch::Alarm', (alarm) => [
  listOf(at(alarm, 'Properties.AlarmActions')).length === 0 && 'tells nobody',
  !/[.]$/.test(String(at(alarm, 'Properties.AlarmDescription') ?? '')) && 'does not say what it means',
  at(alarm, 'Properties.Namespace') === metricNamespace &&
    at(alarm, 'Properties.Dimensions.0.Value') !== metricDimensions.service &&
    'watches a number that nobody counts',
]);

const bareFunctions = (all: readonly Resource[]): string[] => ofType(all, 'AWS::Lambda::Function').map(({ id }) => id);
const namesBareFunction = (all: readonly Resource[], value: unknown): boolean =>
  bareFunctions(all).some((id) => new RegExp(`<${id}([.]Arn)?>(?!:)`).test(textOf(value)));

/** Rules, the API and whoever may invoke name the alias: durable runs need it, and a roll-out moves it. */
export const invocations: Demand = (all) => [
  ...each('AWS::Events::Rule', (rule) => [
    namesBareFunction(
      all,
      listOf(at(rule, 'Properties.Targets')).map((target) => at(target, 'Arn')),
    ) && 'invokes a function without its alias',
    listOf(at(rule, 'Properties.Targets')).some(
      (target) => at(target, 'DeadLetterConfig') === undefined || at(target, 'RetryPolicy') === undefined,
    ) && 'has a target without dead letters or retries',
  ])(all),
  ...each('AWS::ApiGatewayV2::Integration', (one) => [
    namesBareFunction(all, at(one, 'Properties.IntegrationUri')) && 'invokes a function without its alias',
    at(one, 'Properties.PayloadFormatVersion') !== '2.0' && 'uses old events',
  ])(all),
  ...each('AWS::Lambda::Permission', (one) => [
    namesBareFunction(all, at(one, 'Properties.FunctionName')) && 'opens a function without its alias',
  ])(all),
  ...each('AWS::IAM::Policy', (policy) =>
    statementsOf(policy, 'PolicyDocument').map(
      (one) =>
        textOf(at(one, 'Action')).includes('lambda:InvokeFunction') &&
        namesBareFunction(all, at(one, 'Resource')) &&
        'may invoke a function without its alias',
    ),
  )(all),
  ...each('AWS::Lambda::EventInvokeConfig', (one) => [
    !/Aliaslive/.test(JSON.stringify(at(one, 'Properties.Qualifier'))) && 'is about another name than the one that is invoked',
  ])(all),
  ...each('AWS::Lambda::Version', (version) => [!isKept(version) && 'goes while runs are in flight'])(all),
];

/** Resources with a wildcard that are in order, and why. Everything else with one is reported. */
export const allowedWildcards: readonly { readonly policy: RegExp; readonly resource: RegExp; readonly why: string }[] = [
  {
    policy: /^(Scan|Api|Dispatch)Role/,
    resource: /EvidenceBucket\w+Arn\w+\/[*]$/,
    why: 'objects of the evidence bucket; keys are made at run time',
  },
  {
    policy: /^(Scan|Dispatch)Role/,
    resource: /:secret:gatehouse\/Gatehouse\/clusters\/[*]$/,
    why: 'secrets are made per cluster at run time',
  },
  {
    policy: /^ApiRole/,
    resource: /:secret:gatehouse\/Gatehouse\/[*]$/,
    why: 'secrets are made per cluster and webhook at run time, below the prefix of this deployment',
  },
  {
    policy: /^DeliverRole/,
    resource: /:secret:gatehouse\/Gatehouse\/(webhooks|connections|evaluations)\/[*]$/,
    why: 'secrets are made per webhook, connection and question at run time',
  },
  {
    policy: /^DeliverRole/,
    resource: /EvidenceBucket\w+Arn\w+\/projects\/[*]\/clusters\/[*]\/evaluations\/[*]$/,
    why: 'evaluations in the evidence bucket; keys are made at run time',
  },
  { policy: /^DeliverDurableRuns/, resource: /^<DeliverFunction\w+[.]Arn>:[*]$/, why: 'runs of the versions of this one function' },
  { policy: /^(Dispatch|Api)Role/, resource: /^<ScanFunction\w+[.]Arn>:[*]$/, why: 'runs of the versions of the scan function' },
  { policy: /^ScanDurableRuns/, resource: /^<ScanFunction\w+[.]Arn>:[*]$/, why: 'runs of the versions of this one function' },
  {
    policy: /^(Scan|Api|Deliver)Role/,
    resource: /^[*]$/,
    why: 'EC2 knows no narrower resource for the network interfaces of functions in a VPC',
  },
];

/** Actions that EC2 allows on everything only. */
const onlyNetworkInterfaces = (statement: unknown): boolean =>
  listOf(at(statement, 'Action')).every((action) => /^ec2:\w+$/.test(String(action)));

export const policies = each('AWS::IAM::Policy', (policy) =>
  statementsOf(policy, 'PolicyDocument').flatMap((statement) => [
    textOf(at(statement, 'Action')).includes('*') && `allows ${textOf(at(statement, 'Action'))}`,
    ...listOf(at(statement, 'Resource'))
      .map(textOf)
      .filter((resource) => resource.includes('*'))
      .map((resource) => {
        const reason = allowedWildcards.find((one) => one.policy.test(policy.id) && one.resource.test(resource));
        return (!reason || (resource === '*' && !onlyNetworkInterfaces(statement))) && `reaches ${resource}`;
      }),
  ]),
);

/** Roles get rights in policies of ours: a managed one of AWS changes without us, and always reaches everything. */
export const roles = each('AWS::IAM::Role', (role) => [at(role, 'Properties.ManagedPolicyArns') !== undefined && 'has a managed policy']);

const known = new Set<string>([...Object.values(environmentNames), 'NODE_OPTIONS']);
const looksSecret = /(secret|token|password|BEGIN |apikey|^AKIA|^eyJ|[A-Za-z0-9+/]{40,})/i;

export const environment = each('AWS::Lambda::Function', (fn) =>
  Object.entries((at(fn, 'Properties.Environment.Variables') ?? {}) as Record<string, unknown>).flatMap(([name, value]) => [
    !known.has(name) && `has the variable ${name}, which lib/core/environment.ts does not name`,
    typeof value === 'string' && looksSecret.test(value) && `has a secret in ${name}`,
  ]),
);
