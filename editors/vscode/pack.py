"""Packs this folder into one file that VS Code, VSCodium and their kin install: a zip with two files of its own.

python editors/vscode/pack.py foedus.vsix
code --install-extension foedus.vsix
"""

from __future__ import annotations

import json
import sys
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

HERE = Path(__file__).parent
LEFT_OUT = {"pack.py"}
WRITTEN = (2000, 1, 1, 0, 0, 0)
"""One date for every file, so that the same folder makes the same file."""

TYPES = """<?xml version="1.0" encoding="utf-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
  <Default Extension=".json" ContentType="application/json"/>
  <Default Extension=".js" ContentType="application/javascript"/>
  <Default Extension=".md" ContentType="text/markdown"/>
  <Default Extension=".vsixmanifest" ContentType="text/xml"/>
</Types>
"""


def manifest(package: dict[str, str]) -> str:
    """What an editor reads before it unpacks anything."""
    name, publisher, version = (quoteattr(package[key]) for key in ("name", "publisher", "version"))
    engine = quoteattr(json.loads((HERE / "package.json").read_text(encoding="utf-8"))["engines"]["vscode"])
    return f"""<?xml version="1.0" encoding="utf-8"?>
<PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011">
  <Metadata>
    <Identity Language="en-US" Id={name} Version={version} Publisher={publisher}/>
    <DisplayName>{escape(package["displayName"])}</DisplayName>
    <Description xml:space="preserve">{escape(package["description"])}</Description>
    <Categories>Programming Languages</Categories>
    <Properties><Property Id="Microsoft.VisualStudio.Code.Engine" Value={engine}/></Properties>
  </Metadata>
  <Installation><InstallationTarget Id="Microsoft.VisualStudio.Code"/></Installation>
  <Dependencies/>
  <Assets>
    <Asset Type="Microsoft.VisualStudio.Code.Manifest" Path="extension/package.json" Addressable="true"/>
    <Asset Type="Microsoft.VisualStudio.Services.Content.Details" Path="extension/README.md" Addressable="true"/>
  </Assets>
</PackageManifest>
"""


def pack(target: Path) -> None:
    """Write the file."""
    package = json.loads((HERE / "package.json").read_text(encoding="utf-8"))
    found = [path for path in sorted(HERE.rglob("*")) if path.is_file() and path.name not in LEFT_OUT]
    parts = {"extension.vsixmanifest": manifest(package).encode(), "[Content_Types].xml": TYPES.encode()}
    parts |= {f"extension/{path.relative_to(HERE).as_posix()}": path.read_bytes() for path in found}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, WRITTEN), content, zipfile.ZIP_DEFLATED)


if __name__ == "__main__":
    pack(Path(sys.argv[1] if len(sys.argv) > 1 else "foedus.vsix"))
