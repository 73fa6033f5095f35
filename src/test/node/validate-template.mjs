// node validate-template.mjs PATH: checks a template with CloudFormation's own rules, prints the findings, and exits with 1 if
// the template is invalid. It does not check the properties of AWS::Serverless resources; cfn-lint transforms and checks them.
import { RegoEngine, TemplateFile } from "@aws/cloudformation-validate";

const report = new RegoEngine().validateStandard(new TemplateFile(process.argv[2]));
for (const { severity, ruleId, entity, message } of report.diagnostics) {
  console.log(`[${severity}] ${ruleId} ${entity?.logicalId ?? "template"}: ${message}`);
}
// INFO findings are advice that a valid template may ignore, such as tags, and resources that an update would replace.
const wrong = report.diagnostics.some(({ severity }) => severity !== "INFO");
if (report.status !== "OK") {
  console.log(`The analysis did not finish: ${report.status}`);
}
process.exitCode = wrong || report.status !== "OK" ? 1 : 0;
