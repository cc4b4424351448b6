import { ArnFormat, Stack } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { GatehouseFunction } from './gatehouse-function.ts';

export interface StoredSecretsProps {
  readonly key: IKey;
  /** Name of the deployment: two of them in one account share no secret. */
  readonly deployment: string;
}

/** Kubeconfigs and secrets of webhooks and release systems in Secrets Manager. They are made at run time, so there is no resource here, only who may touch which names. */
export class StoredSecrets extends Construct {
  private readonly key: IKey;
  /** What the names of all secrets of this deployment begin with. */
  private readonly prefix: string;
  private readonly names: string;
  private readonly kubeconfigNames: string;
  private readonly webhookNames: string;
  private readonly connectionNames: string;
  private readonly evaluationNames: string;

  constructor(scope: Construct, id: string, { key, deployment }: StoredSecretsProps) {
    super(scope, id);
    this.key = key;
    this.prefix = `gatehouse/${deployment}/`;
    this.names = this.below(this.prefix);
    // as lib/fleet/cluster.ts, webhook.ts, connection.ts and evaluation.ts name them
    this.kubeconfigNames = this.below(`${this.prefix}clusters/`);
    this.webhookNames = this.below(`${this.prefix}webhooks/`);
    this.connectionNames = this.below(`${this.prefix}connections/`);
    this.evaluationNames = this.below(`${this.prefix}evaluations/`);
  }

  /** Opens kubeconfigs, and forgets that of a cluster that was removed while its last scan ran. Can neither make nor change one, and sees no webhook's. */
  allowReadingAndForgetting(to: GatehouseFunction): void {
    this.allow(to, 'SecretsRead', ['secretsmanager:GetSecretValue', 'secretsmanager:DeleteSecret'], ['kms:Decrypt'], this.kubeconfigNames);
  }

  /** Removes kubeconfigs that nobody needs any more, without ever seeing one. */
  allowForgetting(to: GatehouseFunction): void {
    this.allow(to, 'SecretsForget', ['secretsmanager:DeleteSecret'], ['kms:Decrypt'], this.kubeconfigNames);
  }

  /** Opens what webhooks are signed with; kubeconfigs stay closed. */
  allowReadingOfWebhooks(to: GatehouseFunction): void {
    this.allow(to, 'WebhookSecretsRead', ['secretsmanager:GetSecretValue'], ['kms:Decrypt'], this.webhookNames);
  }

  /** Opens what release systems are told with, and forgets what came with a question once it was answered. */
  allowTelling(to: GatehouseFunction): void {
    this.allow(to, 'ConnectionSecretsRead', ['secretsmanager:GetSecretValue'], ['kms:Decrypt'], this.connectionNames);
    const ofQuestions = ['secretsmanager:GetSecretValue', 'secretsmanager:DeleteSecret'];
    this.allow(to, 'QuestionSecrets', ofQuestions, ['kms:Decrypt'], this.evaluationNames);
  }

  allowReadingAndWriting(to: GatehouseFunction): void {
    this.allow(
      to,
      'SecretsReadWrite',
      ['secretsmanager:GetSecretValue', 'secretsmanager:CreateSecret', 'secretsmanager:PutSecretValue', 'secretsmanager:DeleteSecret'],
      ['kms:Decrypt', 'kms:GenerateDataKey'],
    );
  }

  private below(prefix: string): string {
    return Stack.of(this).formatArn({
      service: 'secretsmanager',
      resource: 'secret',
      resourceName: `${prefix}*`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  }

  private allow(to: GatehouseFunction, sid: string, actions: readonly string[], keyActions: readonly string[], names = this.names): void {
    to.set('secretPrefix', this.prefix);
    to.set('secretKey', this.key.keyArn);
    to.allow(sid, actions, [names]);
    to.allow(`${sid}Key`, keyActions, [this.key.keyArn], {
      StringEquals: { 'kms:ViaService': `secretsmanager.${Stack.of(this).region}.amazonaws.com` },
    });
    to.explainWildcard(
      names,
      'Secrets are made for each cluster, webhook and connection at run time; the wildcard covers the names below our prefix.',
    );
  }
}
