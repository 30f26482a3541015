import { CloudwatchLogMetricFilter } from "@cdktf/provider-aws/lib/cloudwatch-log-metric-filter";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { Construct } from "constructs";

import type { EncryptedContext } from "../constructs/account-stack";
import type { NodeFunction } from "../constructs/node-function";

export interface AlarmsProps extends EncryptedContext {
  readonly apiName: string;
  readonly authorizer: NodeFunction;
  readonly presign: NodeFunction;
}

interface Threshold {
  /** What the alarm means, as a sentence. A link to the runbook's section with the alarm's name is added to it. */
  readonly description: string;
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions?: Record<string, string>;
  /** Sum within five minutes at which the alarm goes off. */
  readonly threshold: number;
}

const NAMESPACE = "StudioAccess";

/** Alarms on our own failures, not on refusals. Subscribe to the topic to receive them. */
export class Alarms extends Construct {
  readonly topicArn: string;

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    const { provider, names, authorizer, presign } = props;
    this.topicArn = new SnsTopic(this, "Topic", {
      provider,
      name: names.of("alarms"),
      kmsMasterKeyId: props.keyArn,
    }).arn;

    // Not AWS/Lambda Errors: an authorizer must throw to answer 401, and Lambda counts that as an error of its own.
    const failures = this.#countLogLines(
      "authorizer-failures",
      authorizer,
      '{ $.decision = "error" }',
      props,
    );
    const outages = this.#countLogLines(
      "jwks-unavailable",
      authorizer,
      '{ $.code = "jwks_unavailable" }',
      props,
    );
    // The function answers its own failures, so Lambda counts none of them as errors. A failure may affect one line of
    // business alone. By a field of our own, since Lambda may set a line's level; and without operators' smoke tests, whose
    // lines are in the same group.
    const refusals = this.#countLogLines(
      "presign-failures",
      presign,
      '{ ($.outcome = "failed") && ($.operator NOT EXISTS) }',
      props,
    );
    const alarms: [string, Threshold][] = [
      ["authorizer-failures", { description: "The authorizer fails, so nobody gets in.", ...failures }],
      ["jwks-unavailable", { description: "The issuer's keys cannot be fetched.", ...outages }],
      [
        "presign-failures",
        { description: "A Studio URL cannot be made, through a fault of ours.", ...refusals },
      ],
      [
        "presign-errors",
        {
          description: "The presign function fails.",
          namespace: "AWS/Lambda",
          metricName: "Errors",
          dimensions: { FunctionName: presign.functionName },
          threshold: 1,
        },
      ],
      [
        "api-5xx",
        {
          description: "The API answers with server errors.",
          namespace: "AWS/ApiGateway",
          metricName: "5XXError",
          dimensions: { ApiName: props.apiName },
          threshold: 5,
        },
      ],
    ];
    // Operators may then have a URL made for somebody else.
    if (props.config.smokeTest === true) {
      const handOvers = this.#countLogLines(
        "operator-hand-over",
        presign,
        '{ $.outcome = "handed_over" }',
        props,
      );
      alarms.push([
        "operator-hand-over",
        { description: "An operator got a Studio URL that is somebody else's.", ...handOvers },
      ]);
    }
    for (const [name, threshold] of alarms) this.#alarm(name, threshold, props);
  }

  /** Makes a metric of a function's log lines that match a pattern. */
  #countLogLines(
    name: string,
    { logGroupName }: NodeFunction,
    pattern: string,
    { provider, names }: AlarmsProps,
  ): Pick<Threshold, "namespace" | "metricName" | "threshold"> {
    const metricName = names.of(name);
    new CloudwatchLogMetricFilter(this, `Lines-${name}`, {
      provider,
      name: metricName,
      logGroupName,
      pattern,
      metricTransformation: { namespace: NAMESPACE, name: metricName, value: "1", defaultValue: "0" },
    });
    return { namespace: NAMESPACE, metricName, threshold: 1 };
  }

  #alarm(name: string, { description, ...metric }: Threshold, { provider, names }: AlarmsProps): void {
    new CloudwatchMetricAlarm(this, `Alarm-${name}`, {
      provider,
      alarmName: names.of(name),
      alarmDescription: `${description} What to do: docs/runbook.md#${name}`,
      ...metric,
      statistic: "Sum",
      period: 300,
      evaluationPeriods: 1,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      treatMissingData: "notBreaching",
      alarmActions: [this.topicArn],
      okActions: [this.topicArn],
    });
  }
}
