# On which acts each norm is silent, which it forbids, which it permits.

silence-laws = laws
silence-from = from { $moment }
silence-until = until { $moment }
silence-while = while { $condition }
silence-beats = beats { $clause } where its own norm fires
silence-beats-where = beats { $clause } where its own norm fires where { $condition }
silence-says-nothing = says nothing about what anybody may do

silent-for = silent for { $acts }
permitted-for = permitted for { $acts }
forbidden-for = forbidden for { $acts }
left-free-for = left free for { $acts }
steps-back-for = steps back for { $acts }

acts-none = nothing
acts-others = others
acts-others-and = others, and where { $condition }
acts-everybody-but = everybody but { $parties }
acts-always = { $parties }, always
acts-unless-freed = { $condition }, unless another clause frees it
