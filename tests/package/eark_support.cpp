#include "eark_support.h"

#include "trust/digest.h"

namespace check_support {
namespace {

const std::string time = "2026-06-12T11:45:37.690+07:00";

std::string core(const std::string& mime, const std::string& data) {
  return " MIMETYPE=\"" + mime + "\" SIZE=\"" + std::to_string(data.size()) + "\" CREATED=\"" + time +
         "\" CHECKSUM=\"" + vtlt::sha256(data).hex() + "\" CHECKSUMTYPE=\"SHA-256\"";
}
std::string link(const std::string& href) {
  return " LOCTYPE=\"URL\" xlink:type=\"simple\" xlink:href=\"" + href + "\"";
}

std::string head(const EarkMaker& maker, const std::string& objid) {
  const std::string lower = maker.type == "SIP" ? "sip" : maker.type == "AIP" ? "dip" : "dip";
  const std::string profile = !maker.profile.empty() ? maker.profile
                                                     : "https://eark" + lower + ".dilcis.eu/profile/E-ARK-" +
                                                           maker.type + "-v" + maker.version + ".xml";
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
         "<mets xmlns=\"http://www.loc.gov/METS/\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" "
         "xmlns:csip=\"https://DILCIS.eu/XML/METS/CSIPExtensionMETS\" OBJID=\"" +
         objid + "\" TYPE=\"Mixed\" csip:CONTENTINFORMATIONTYPE=\"MIXED\" PROFILE=\"" + profile +
         "\">\n<metsHdr CREATEDATE=\"" + time + "\" LASTMODDATE=\"" + time +
         "\" RECORDSTATUS=\"NEW\" csip:OAISPACKAGETYPE=\"" + maker.type +
         "\">\n"
         "<agent ROLE=\"CREATOR\" TYPE=\"OTHER\" OTHERTYPE=\"SOFTWARE\">\n<name>vtlt</name>\n"
         "<note csip:NOTETYPE=\"SOFTWARE VERSION\">0.1</note>\n</agent>\n";
}

std::string people() {
  const std::string code = "<note csip:NOTETYPE=\"IDENTIFICATIONCODE\">";
  return "<agent ROLE=\"ARCHIVIST\" TYPE=\"ORGANIZATION\">\n<name>UBND xã Phong Hải</name>\n" + code +
         "A1</note>\n</agent>\n"
         "<agent ROLE=\"CREATOR\" TYPE=\"ORGANIZATION\">\n<name>Văn phòng</name>\n" +
         code +
         "B1</note>\n</agent>\n"
         "<agent ROLE=\"CREATOR\" TYPE=\"INDIVIDUAL\">\n<name>Nguyễn Thị Hà</name>\n<note>0203 000 "
         "111</note>\n</agent>\n"
         "<agent ROLE=\"PRESERVATION\" TYPE=\"ORGANIZATION\">\n<name>Lưu trữ lịch sử</name>\n" +
         code + "C1</note>\n</agent>\n<altRecordID TYPE=\"SUBMISSIONAGREEMENT\">TN-2027-0113</altRecordID>\n";
}

std::string section(const std::string& element, const std::string& id, const std::string& type,
                    const std::string& href, const std::string& data) {
  return "<" + element + " ID=\"" + id + "\" CREATED=\"" + time + "\" STATUS=\"CURRENT\">\n<mdRef" +
         link(href) + " MDTYPE=\"" + type + "\" MDTYPEVERSION=\"3.0\"" + core("text/xml", data) + "/>\n</" +
         element + ">\n";
}

std::string group(const std::string& id, const std::string& use, const std::string& file,
                  const std::string& mime, const std::string& href, const std::string& data) {
  return "<fileGrp ID=\"" + id + "\" USE=\"" + use + "\" ADMID=\"digi\"" +
         (use.starts_with("R") ? " csip:CONTENTINFORMATIONTYPE=\"MIXED\"" : "") + ">\n<file ID=\"" + file +
         "\"" + core(mime, data) + " ADMID=\"digi\" DMDID=\"dmd\">\n<FLocat" + link(href) +
         "/>\n</file>\n</fileGrp>\n";
}

std::string division(const std::string& label, const std::string& id, const std::string& inside) {
  return "<div ID=\"" + id + "\" LABEL=\"" + label + "\">\n" + inside + "</div>\n";
}

std::string map_head(const std::string& objid) {
  return "<structMap ID=\"map\" TYPE=\"PHYSICAL\" LABEL=\"CSIP\">\n<div ID=\"top\" LABEL=\"" + objid +
         "\">\n<div ID=\"div-metadata\" LABEL=\"Metadata\" ADMID=\"digi rights\" DMDID=\"dmd\">\n</div>\n";
}

std::string metadata(const Tree& tree, const std::string& folder) {
  const auto at = [&](const char* name) { return tree.at(folder + name); };
  return section("dmdSec", "dmd", "EAD", "metadata/descriptive/ead3.xml",
                 at("metadata/descriptive/ead3.xml")) +
         "<amdSec ID=\"amd\">\n" +
         section("digiprovMD", "digi", "PREMIS", "metadata/preservation/premis.xml",
                 at("metadata/preservation/premis.xml")) +
         section("rightsMD", "rights", "METSRIGHTS", "metadata/other/rights.xml",
                 at("metadata/other/rights.xml")) +
         "</amdSec>\n";
}

}  // namespace

Tree EarkMaker::make() const {
  Tree tree;
  const std::string rep = "representations/rep1/";
  for (const std::string& folder : {std::string(), rep}) {
    tree[folder + "metadata/descriptive/ead3.xml"] = "<ead>" + folder + "</ead>\n";
    tree[folder + "metadata/preservation/premis.xml"] = "<premis>" + folder + "</premis>\n";
    tree[folder + "metadata/other/rights.xml"] = "<rights>" + folder + "</rights>\n";
  }
  if (!own_mets)
    for (const char* name : {"descriptive/ead3.xml", "preservation/premis.xml", "other/rights.xml"})
      tree.erase(rep + "metadata/" + name);
  tree["schemas/ho-so.xsd"] = "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"/>\n";
  tree["documentation/gioi-thieu.txt"] = "Giới thiệu phông\n";
  tree[rep + "data/1.pdf"] = "%PDF-1.7 nội dung\n";
  if (before) before(tree);

  if (own_mets) {
    std::string mets =
        head(*this, "rep1") + "</metsHdr>\n" + metadata(tree, rep) + "<fileSec ID=\"files\">\n" +
        group("grp-data", "Data", "file-data", "application/pdf", "data/1.pdf", tree[rep + "data/1.pdf"]) +
        "</fileSec>\n" + map_head("rep1") + division("Data", "div-data", "<fptr FILEID=\"grp-data\"/>\n") +
        "</div>\n</structMap>\n</mets>\n";
    if (representation) representation(mets);
    tree[rep + "METS.xml"] = mets;
  }
  const std::string content = rep + (own_mets ? "METS.xml" : "data/1.pdf");
  std::string mets = head(*this, folder()) + (type == "SIP" ? people() : "") + "</metsHdr>\n" +
                     metadata(tree, "") + "<fileSec ID=\"files\">\n" +
                     group("grp-doc", "Documentation", "file-doc", "text/plain",
                           "documentation/gioi-thieu.txt", tree["documentation/gioi-thieu.txt"]) +
                     group("grp-xsd", "Schemas", "file-xsd", "application/xml", "schemas/ho-so.xsd",
                           tree["schemas/ho-so.xsd"]) +
                     group("grp-rep", own_mets ? "Representations/rep1" : "Representations", "file-rep",
                           own_mets ? "text/xml" : "application/pdf", content, tree[content]) +
                     "</fileSec>\n" + map_head(folder()) +
                     division("Documentation", "div-doc", "<fptr FILEID=\"grp-doc\"/>\n") +
                     division("Schemas", "div-xsd", "<fptr FILEID=\"grp-xsd\"/>\n") +
                     (own_mets ? division("Representations/rep1", "div-rep",
                                          "<mptr" + link(content) + " xlink:title=\"grp-rep\"/>\n")
                               : division("Representations", "div-rep", "<fptr FILEID=\"grp-rep\"/>\n")) +
                     "</div>\n</structMap>\n</mets>\n";
  if (root) root(mets);
  tree["METS.xml"] = mets;
  if (after) after(tree);
  return tree;
}

}  // namespace check_support
