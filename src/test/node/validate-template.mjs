// node validate-template.mjs PATH: prints what CloudFormation's own rules say of a template, and exits 1 if it is wrong.
// It takes the properties of AWS::Serverless resources as they are; cfn-lint, which transforms them first, does not.
import { RegoEngine, TemplateFile } from "@aws/cloudformation-validate";

const report = new RegoEngine().validateStandard(new TemplateFile(process.argv[2]));
for (const { severity, ruleId, entity, message } of report.diagnostics) {
  console.log(`[${severity}] ${ruleId} ${entity?.logicalId ?? "template"}: ${message}`);
}
// What is INFO is advice that a right template may leave: tags, what an update would replace.
const wrong = report.diagnostics.some(({ severity }) => severity !== "INFO");
if (report.status !== "OK") {
  console.log(`The analysis did not finish: ${report.status}`);
}
process.exitCode = wrong || report.status !== "OK" ? 1 : 0;
