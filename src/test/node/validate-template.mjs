// node validate-template.mjs PATH: checks a template with CloudFormation's own rules for all values of its conditions, prints the
// findings, and exits with 1 if the template is invalid. It does not check the properties of AWS::Serverless resources; cfn-lint
// transforms and checks them.
import { RegoEngine, TemplateFile, TemplateModel } from "@aws/cloudformation-validate";

const template = new TemplateFile(process.argv[2]);
const resources = new TemplateModel(template).resources();

// SAM replaces FUNCTION.Alias by the alias that it makes; the rules know only the resources before that.
function isAlias({ ruleId, message }) {
  const [, name] = /^'(\w+)\.Alias' is not one of/.exec(message) ?? [];
  return ruleId === "F1020" && resources[name]?.resourceType === "AWS::Serverless::Function";
}

const report = new RegoEngine().validateStandard(template);
const findings = report.diagnostics.filter((finding) => !isAlias(finding));
for (const { severity, ruleId, entity, message } of findings) {
  console.log(`[${severity}] ${ruleId} ${entity?.logicalId ?? "template"}: ${message}`);
}
// INFO findings are advice that a valid template may ignore, such as tags, and resources that an update would replace.
const wrong = findings.some(({ severity }) => severity !== "INFO");
if (report.status !== "OK") {
  console.log(`The analysis did not finish: ${report.status}`);
}
process.exitCode = wrong || report.status !== "OK" ? 1 : 0;
