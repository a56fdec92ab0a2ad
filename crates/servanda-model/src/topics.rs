//! What clauses are about: the topics that `covers` and `undisclosed` name.
//!
//! # Source
//! The first 41 are the categories of the Contract Understanding Atticus Dataset: Hendrycks, Burns, Chen and Ball,
//! *CUAD: An Expert-Annotated NLP Dataset for Legal Contract Review* (2021). The others are missing there.

/// A topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Topic {
    /// Its name.
    pub name: &'static str,
    /// What a clause on it says.
    pub about: &'static str,
    /// Whether it is a category of CUAD.
    pub cuad: bool,
}

const fn cuad(name: &'static str, about: &'static str) -> Topic {
    Topic { name, about, cuad: true }
}

const fn further(name: &'static str, about: &'static str) -> Topic {
    Topic { name, about, cuad: false }
}

/// All topics: those of CUAD in its order, then the others.
pub const TOPICS: &[Topic] = &[
    cuad("document-name", "What the agreement is called."),
    cuad("parties", "Who signed it."),
    cuad("agreement-date", "On which day it was signed."),
    cuad("effective-date", "From which day it has effect."),
    cuad("expiration-date", "On which day its first term ends."),
    cuad("renewal-term", "For how long it goes on after its first term, by itself or by choice."),
    cuad("notice-period-to-terminate-renewal", "How early somebody must say that it shall not go on."),
    cuad("governing-law", "Which law governs it."),
    cuad("most-favored-nation", "A party gets terms that are no worse than those that others get."),
    cuad("non-compete", "A party may not compete, or not at some place or in some field."),
    cuad("exclusivity", "A party deals with the other alone."),
    cuad("no-solicit-of-customers", "A party may not win over the customers of the other."),
    cuad(
        "competitive-restriction-exception",
        "What an exclusive right or a restraint of competition leaves free.",
    ),
    cuad("no-solicit-of-employees", "A party may not hire the people of the other, or not court them."),
    cuad("non-disparagement", "A party may not speak ill of the other."),
    cuad("termination-for-convenience", "A party can end it without a reason."),
    cuad("first-refusal", "A party is offered something first, or may take what another was offered."),
    cuad("change-of-control", "What follows when a party gets another owner."),
    cuad("anti-assignment", "A party may not pass it on to another, or not without consent."),
    cuad("revenue-sharing", "A party gets a share of what the other earns."),
    cuad("price-restrictions", "How far a party may raise or lower its prices."),
    cuad("minimum-commitment", "How much a party must buy, sell or deliver at the least."),
    cuad("volume-restriction", "How much of something a party may use at the most."),
    cuad("ip-ownership-assignment", "Intellectual property of one party becomes the other's."),
    cuad("joint-ip-ownership", "Intellectual property belongs to both."),
    cuad("license-grant", "A party may use what belongs to the other."),
    cuad("non-transferable-license", "A licence cannot be passed on."),
    cuad("affiliate-license-licensor", "A licence takes in what belongs to the licensor's affiliates."),
    cuad("affiliate-license-licensee", "A licence takes in the licensee's affiliates."),
    cuad("unlimited-license", "A licence without a limit of use."),
    cuad("irrevocable-or-perpetual-license", "A licence that cannot be taken back, or that does not end."),
    cuad("source-code-escrow", "Source code lies with a third party, who gives it out in stated cases."),
    cuad("post-termination-services", "What parties still owe each other after the end."),
    cuad("audit-rights", "A party may look into the other's books or premises."),
    cuad("uncapped-liability", "For what a party is liable without a limit."),
    cuad("cap-on-liability", "How much a party is liable for at the most."),
    cuad("liquidated-damages", "What a party pays for a breach, or for an early end, as a stated sum."),
    cuad("warranty-duration", "For how long a party answers for defects."),
    cuad("insurance", "What a party must have insured."),
    cuad("covenant-not-to-sue", "A party may not contest the other's rights, or not sue it."),
    cuad("third-party-beneficiary", "Somebody who is no party has rights under it."),
    further("third-party-determination", "Somebody who is no party decides a matter."),
    further("conditions-precedent", "What must happen before it, or a part of it, has effect."),
    further("equity", "Who holds which share of a company."),
    further("restructuring-consent", "Who must agree before a party changes its form or its owners."),
    further("deadlock", "What happens when those who decide together do not agree."),
    further("confidentiality", "What a party must keep to itself, and for how long."),
    further("force-majeure", "What events beyond their control excuse."),
    further("dispute-resolution", "Who settles disputes, and how."),
    further("safety-condition", "What must be safe before something may be done."),
    further("government-carve-out", "What a clause leaves free for the sake of a government."),
    further("price-indexation", "How a price follows an index."),
    further("take-or-pay", "A party pays for what it did not take."),
];

/// The topic of a name.
pub fn topic(name: &str) -> Option<&'static Topic> {
    TOPICS.iter().find(|t| t.name == name)
}
