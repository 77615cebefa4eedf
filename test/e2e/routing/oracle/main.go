// Answers with LiveKit's own functions what becomes of a call: reads cases as JSON lines, writes one line for each.
// It goes the way of livekit-server's pkg/service/ioservice_sip.go: select trunks, match, select rules, match, evaluate.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"net/netip"
	"os"
	"regexp"
	"sort"
	"strings"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"

	"github.com/livekit/protocol/livekit"
	"github.com/livekit/protocol/rpc"
	"github.com/livekit/protocol/sip"
)

type call struct {
	Called string  `json:"called"`
	Caller string  `json:"caller"`
	Source string  `json:"sourceAddress"`
	Host   string  `json:"callerHost"`
	Pin    *string `json:"pin"` // null: nothing is typed; empty: no PIN
}

type input struct {
	Trunks []json.RawMessage `json:"trunks"`
	Rules  []json.RawMessage `json:"rules"`
	Calls  []call            `json:"calls"`
	Strict bool              `json:"strict"`
}

type answer struct {
	Verdict  string            `json:"verdict"`
	Reason   string            `json:"reason"`
	Trunk    string            `json:"trunk"`
	Rule     string            `json:"rule"`
	Room     string            `json:"room"`
	Agents   []string          `json:"agents"`
	Preset   string            `json:"preset"`
	Named    []string          `json:"named"`    // objects that the message about a conflict names
	Filtered map[string]string `json:"filtered"` // why a trunk was passed over
	AsksPin  bool              `json:"asksPin"`
	Asks     bool              `json:"asksCredentials"`
}

type validity struct {
	Valid bool     `json:"valid"`
	Named []string `json:"named"`
}

type output struct {
	Calls  []answer `json:"calls"`
	Trunks validity `json:"trunks"`
	Rules  validity `json:"rules"`
}

var ids = regexp.MustCompile(`"((?:ST|SDR)_[^"]*)"`)

func named(err error) []string {
	found := []string{}
	for _, match := range ids.FindAllStringSubmatch(err.Error(), -1) {
		found = append(found, match[1])
	}
	return found
}

func read[T proto.Message](texts []json.RawMessage, made func() T) []T {
	all := make([]T, 0, len(texts))
	for _, text := range texts {
		message := made()
		if err := (protojson.UnmarshalOptions{DiscardUnknown: true}).Unmarshal(text, message); err != nil {
			panic(err)
		}
		all = append(all, message)
	}
	return all
}

var reasons = map[sip.TrunkFilteredReason]string{
	sip.TrunkFilteredCallingNumberDisallowed: "caller_not_allowed",
	sip.TrunkFilteredCalledNumberDisallowed:  "other_number",
	sip.TrunkFilteredSourceAddressDisallowed: "address_not_allowed",
}

func matchTrunk(all []*livekit.SIPInboundTrunkInfo, c *rpc.SIPCall, strict bool, result *answer) (*livekit.SIPInboundTrunkInfo, error) {
	listed := (&livekit.ListSIPInboundTrunkRequest{Numbers: []string{c.To.User}}).FilterSlice(all)
	opts := append(strictOption(strict), sip.WithTrunkFiltered(func(t *livekit.SIPInboundTrunkInfo, why sip.TrunkFilteredReason) bool {
		if why != sip.TrunkFilteredCalledNumberDisallowed {
			result.Filtered[t.SipTrunkId] = reasons[why]
		}
		return false
	}))
	return sip.MatchTrunk(listed, c, opts...)
}

func failed(err error, result answer) answer {
	text := err.Error()
	var none *sip.ErrNoDispatchMatched
	switch {
	case errors.As(err, &none):
		result.Verdict, result.Reason = "refused", "no_rule"
	case strings.Contains(text, "Multiple default SIP Trunks matched"):
		result.Verdict, result.Reason = "conflict", "two_trunks_for_all"
	case strings.Contains(text, "Multiple SIP Trunks matched"):
		result.Verdict, result.Reason = "conflict", "two_trunks"
	case strings.Contains(text, "combination already exists in dispatch rule"):
		result.Verdict, result.Reason, result.Named = "conflict", "two_rules", named(err)
	case strings.Contains(strings.ToLower(text), "unsupported sip dispatch rule"):
		result.Verdict, result.Reason = "refused", "unknown_rule"
	default:
		result.Verdict, result.Reason = "unexpected", text
	}
	return result
}

func route(trunks []*livekit.SIPInboundTrunkInfo, rules []*livekit.SIPDispatchRuleInfo, c call, strict bool) answer {
	result := answer{Agents: []string{}, Named: []string{}, Filtered: map[string]string{}}
	req := &rpc.EvaluateSIPDispatchRulesRequest{
		SipCallId: "SCL_1", CallingNumber: c.Caller, CallingHost: c.Host, CalledNumber: c.Called, SrcAddress: c.Source,
	}
	sipCall := req.SIPCall()
	sipCall.SourceIp = c.Source
	req.Call = sipCall
	if _, err := netip.ParseAddr(c.Source); c.Source != "" && err != nil {
		result.Verdict, result.Reason = "refused", "bad_source_address"
		return result
	}
	trunk, err := matchTrunk(trunks, sipCall, strict, &result)
	if err != nil {
		return failed(err, result)
	}
	list := &livekit.ListSIPDispatchRuleRequest{}
	if trunk != nil {
		result.Trunk = trunk.SipTrunkId
		result.Asks = trunk.AuthUsername != "" && trunk.AuthPassword != ""
		list.TrunkIds = []string{trunk.SipTrunkId}
	}
	listed := list.FilterSlice(rules)
	for {
		rule, err := sip.MatchDispatchRule(trunk, listed, req)
		if err != nil {
			return failed(err, result)
		}
		resp, err := sip.EvaluateDispatchRule("", trunk, rule, req)
		if err != nil {
			return failed(err, result)
		}
		result.Rule = resp.SipDispatchRuleId
		if resp.Result == rpc.SIPDispatchResult_REQUEST_PIN {
			result.AsksPin = true
			if c.Pin == nil {
				result.Verdict, result.Reason = "pin_required", "pin_required"
				return result
			}
			result.Rule = ""
			req.Pin, req.NoPin = *c.Pin, *c.Pin == ""
			continue
		}
		result.Verdict, result.Reason, result.Room, result.Preset = "routed", "routed", resp.RoomName, resp.RoomPreset
		for _, agent := range resp.RoomConfig.GetAgents() {
			result.Agents = append(result.Agents, agent.AgentName)
		}
		return result
	}
}

func judged(err error) validity {
	if err == nil {
		return validity{Valid: true, Named: []string{}}
	}
	return validity{Named: named(err)}
}

func main() {
	lines := bufio.NewReaderSize(os.Stdin, 1<<20)
	writer := bufio.NewWriter(os.Stdout)
	defer writer.Flush()
	decoder := json.NewDecoder(lines)
	encoder := json.NewEncoder(writer)
	for decoder.More() {
		var in input
		if err := decoder.Decode(&in); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		trunks := read(in.Trunks, func() *livekit.SIPInboundTrunkInfo { return &livekit.SIPInboundTrunkInfo{} })
		rules := read(in.Rules, func() *livekit.SIPDispatchRuleInfo { return &livekit.SIPDispatchRuleInfo{} })
		// LiveKit's lists are ordered by ID (pkg/service/redisstore_sip.go).
		sort.Slice(trunks, func(i, j int) bool { return trunks[i].SipTrunkId < trunks[j].SipTrunkId })
		sort.Slice(rules, func(i, j int) bool { return rules[i].SipDispatchRuleId < rules[j].SipDispatchRuleId })
		out := output{Calls: []answer{}, Trunks: judged(sip.ValidateTrunks(trunks)), Rules: judged(sip.ValidateDispatchRules(rules))}
		for _, c := range in.Calls {
			out.Calls = append(out.Calls, route(trunks, rules, c, in.Strict))
		}
		if err := encoder.Encode(out); err != nil {
			panic(err)
		}
	}
}
