"""python3 transform-template.py PATH [NAME=VALUE...]: prints a template as it is, and as AWS SAM transforms it for these parameters."""

import copy
import json
import os
import sys

from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator
from samtranslator.yaml_helper import yaml_parse

os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")  # SAM needs one to name ARNs
with open(sys.argv[1], encoding="utf-8") as file:
    template = yaml_parse(file)
uploaded = copy.deepcopy(template)
for resource in uploaded["Resources"].values():
    if resource["Type"] == "AWS::Serverless::Function":
        resource["Properties"]["CodeUri"] = "s3://bucket/package.zip"  # where sam deploy puts it
parameters = {name: parameter.get("Default") for name, parameter in template["Parameters"].items()}
parameters.update(argument.split("=", 1) for argument in sys.argv[2:])
transformed = Translator({}, Parser()).translate(uploaded, parameters)
print(json.dumps({"template": template, "transformed": transformed}))
